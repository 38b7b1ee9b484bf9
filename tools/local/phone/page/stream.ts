import type { Item } from "../protocol.ts";
import type { Store } from "./store.ts";

const retryAfterMs = 2_000;
/** A connection that is back within this time was not missed. */
const lostAfterMs = 1_000;

/** `restarted`: live again, and what an earlier start of the sandbox sent is forgotten. */
export type Connection = "live" | "lost" | "restarted";

/**
 * Keeps the store as the sandbox has it. The browser reconnects by itself and says which item it
 * saw last.
 */
export function followStream(store: Store, onConnection: (state: Connection) => void): void {
  let run: string | undefined;
  let lost: number | undefined;

  function connect(): void {
    const source = new EventSource("/sandbox/stream");
    source.addEventListener("open", () => {
      clearTimeout(lost);
      lost = undefined;
      onConnection("live");
    });
    source.addEventListener("error", () => {
      lost ??= window.setTimeout(() => {
        onConnection("lost");
      }, lostAfterMs);
      // For an answer that is no stream, the browser gives up.
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, retryAfterMs);
    });
    source.addEventListener("run", ({ data }: MessageEvent<string>) => {
      if (run !== undefined && run !== data) store.clear();
      if (run !== undefined && startOf(run) !== startOf(data)) onConnection("restarted");
      run = data;
    });
    source.addEventListener("message", ({ data }: MessageEvent<string>) => {
      store.take(JSON.parse(data) as Item);
    });
  }
  connect();
}

/** What is before the count of clearings. */
const startOf = (run: string): string => run.split("/", 1)[0] ?? run;
