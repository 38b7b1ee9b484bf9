import { signal } from "@preact/signals";
import type { Item } from "../shown-items.ts";
import { clear, take } from "./store.ts";

const retryAfterMs = 2_000;
/** Time in ms. A shorter interruption is not reported. */
const lostAfterMs = 1_000;

/** `restarted`: the sandbox is live again after a restart, and its earlier items are gone. */
export const connection = signal<"connecting" | "live" | "lost" | "restarted">("connecting");

/**
 * Keeps the store in sync with the sandbox. When the browser reconnects, it sends the id of the
 * last item it got.
 */
export function followStream(): void {
  let run: string | undefined;
  let lost: number | undefined;

  function connect(): void {
    const source = new EventSource("/sandbox/stream");
    source.addEventListener("open", () => {
      clearTimeout(lost);
      lost = undefined;
      connection.value = "live";
    });
    source.addEventListener("error", () => {
      lost ??= window.setTimeout(() => {
        connection.value = "lost";
      }, lostAfterMs);
      // The browser does not reconnect if the answer was not a stream.
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, retryAfterMs);
    });
    source.addEventListener("run", ({ data }: MessageEvent<string>) => {
      if (run !== undefined && run !== data) clear();
      if (run !== undefined && startOf(run) !== startOf(data)) connection.value = "restarted";
      run = data;
    });
    source.addEventListener("message", ({ data }: MessageEvent<string>) => {
      take(JSON.parse(data) as Item);
    });
  }
  connect();
}

const startOf = (run: string): string => run.split("/", 1)[0] ?? run;
