import type { Telemetry } from "./telemetry.ts";

const tellEveryMs = 60_000;

export interface CodesLostReport {
  readonly add: (count: number) => void;
  /** The worker stops: now or never. */
  tell(): void;
}

/** Tells how many sent codes could not be kept, so that their outcomes will not be joined: once a minute at most. */
export function createCodesLostReport(
  telemetry: Pick<Telemetry, "send">,
  warn: (message: string) => void,
): CodesLostReport {
  let count = 0;
  let timer: NodeJS.Timeout | undefined;

  function tell(): void {
    clearTimeout(timer);
    timer = undefined;
    if (count === 0) return;
    warn(`${count} sent codes could not be kept; their outcomes are told without them.`);
    telemetry.send({ name: "codes-lost", at: new Date(), properties: { count }, calls: [] });
    count = 0;
  }

  return {
    add(more) {
      if (more === 0) return;
      count += more;
      timer ??= setTimeout(tell, tellEveryMs).unref();
    },
    tell,
  };
}
