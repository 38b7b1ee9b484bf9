import type { Host } from "./func-host.ts";

export interface SwitchedHost extends Host {
  /** Stops the app, and starts it again with the settings of that moment. */
  restart(): Promise<void>;
}

/** @param start Starts the app, at the same address each time. */
export async function startSwitched(start: () => Promise<Host>): Promise<SwitchedHost> {
  let host = await start();
  let isRestarting = false;
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const watch = async (): Promise<void> => {
    await host.ended;
    if (!isRestarting) end();
  };
  void watch();
  return {
    url: host.url,
    ended,
    async restart() {
      if (isRestarting) return;
      isRestarting = true;
      try {
        await host.stop();
        host = await start();
        void watch();
      } finally {
        isRestarting = false;
      }
    },
    stop: () => host.stop(),
  };
}
