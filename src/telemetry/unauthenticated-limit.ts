import type { Clock } from "../timing/clock.ts";
import type { TelemetryEvent } from "./exporter.ts";
import type { Telemetry } from "./telemetry.ts";

const sentOneByOne = 60;
const minuteMs = 60_000;

interface Minute {
  sent: number;
  summed: number;
  readonly cancel: () => void;
}

/**
 * Strangers decide how many 401s there are. Beyond 60 in a minute they are summed, one event for the rest of the minute.
 * Each kind of event has its own 60, so that strangers at one route hide nobody at another.
 */
export function limitUnauthenticated(clock: Clock, telemetry: Telemetry): Telemetry {
  const minutes = new Map<string, Minute>();

  function open(name: string): Minute {
    const minute = {
      sent: 0,
      summed: 0,
      cancel: clock.after(minuteMs, () => {
        close(name);
      }),
    };
    minutes.set(name, minute);
    return minute;
  }

  function close(name: string): void {
    const { summed = 0, cancel } = minutes.get(name) ?? {};
    cancel?.();
    minutes.delete(name);
    if (summed > 0) telemetry.send(sumUnauthenticated(name, summed, new Date(clock.now())));
  }

  return {
    ...telemetry,
    end(event) {
      if (event?.properties["outcome"] !== "unauthenticated") {
        telemetry.end(event);
        return;
      }
      const minute = minutes.get(event.name) ?? open(event.name);
      if (minute.sent < sentOneByOne) {
        minute.sent += 1;
        telemetry.end(event);
      } else {
        minute.summed += 1;
        telemetry.end();
      }
    },
    flush: (answered) =>
      telemetry.flush(async () => {
        await answered?.();
        for (const name of minutes.keys()) close(name);
      }),
  };
}

/** One event for `count` requests. */
export function sumUnauthenticated(name: string, count: number, at: Date): TelemetryEvent {
  return { name, at, properties: { outcome: "unauthenticated", count }, calls: [] };
}
