import type { TelemetryEvent } from "./exporter.ts";
import type { Telemetry } from "./telemetry.ts";

const toldOneByOne = 60;
const windowMs = 60_000;

/** Strangers decide how many 401s there are: beyond 60 in a minute they are summed, one event for the rest of the minute. */
export function limitUnauthenticated(telemetry: Telemetry): Telemetry {
  let told = 0;
  let untold = 0;
  let window: NodeJS.Timeout | undefined;

  function close(): void {
    clearTimeout(window);
    window = undefined;
    told = 0;
    if (untold > 0) telemetry.send(sumUnauthenticated(untold, new Date()));
    untold = 0;
  }

  return {
    ...telemetry,
    end(event) {
      if (event?.properties["outcome"] !== "unauthenticated") {
        telemetry.end(event);
        return;
      }
      window ??= setTimeout(close, windowMs).unref();
      if (told < toldOneByOne) {
        told += 1;
        telemetry.end(event);
      } else {
        untold += 1;
        telemetry.end();
      }
    },
    flush: () => telemetry.flush(close),
  };
}

/** Stands for so many requests; all else that is known of a 401 is when it came. */
export function sumUnauthenticated(count: number, at: Date): TelemetryEvent {
  return { name: "otp-delivery", at, properties: { outcome: "unauthenticated", count }, calls: [] };
}
