import type { Item } from "../protocol.ts";
import type { Store } from "./store.ts";

const retryAfterMs = 2_000;

/**
 * Keeps the store as the sandbox has it. The browser reconnects by itself and says which item it
 * saw last. What an earlier run of the sandbox sent is forgotten.
 */
export function followStream(store: Store, onLive: (live: boolean) => void): void {
  let run: string | undefined;
  const source = new EventSource("/sandbox/stream");
  source.addEventListener("open", () => {
    onLive(true);
  });
  source.addEventListener("error", () => {
    onLive(false);
    // For an answer that is no stream, the browser gives up.
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => {
      store.clear();
      followStream(store, onLive);
    }, retryAfterMs);
  });
  source.addEventListener("run", ({ data }: MessageEvent<string>) => {
    if (run !== undefined && run !== data) store.clear();
    run = data;
  });
  source.addEventListener("message", ({ data }: MessageEvent<string>) => {
    store.take(JSON.parse(data) as Item);
  });
}
