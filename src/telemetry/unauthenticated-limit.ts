import type { Clock } from "../timing/clock.ts";
import type { TelemetryEvent } from "./exporter.ts";

const sentOneByOne = 60;
const minuteMs = 60_000;

/**
 * Strangers decide how many 401s there are. Beyond 60 in a minute they are summed, one event for the rest of the minute.
 * Each kind of event has its own 60, so that strangers at one route hide nobody at another.
 */
export function createUnauthenticatedLimit(clock: Clock, send: (sum: TelemetryEvent) => void) {
  const minutes = new Map<string, { count: number; readonly cancel: () => void }>();

  function close(name: string): void {
    const { count = 0, cancel } = minutes.get(name) ?? {};
    cancel?.();
    minutes.delete(name);
    if (count > sentOneByOne) send(sumUnauthenticated(name, count - sentOneByOne, new Date(clock.now())));
  }

  return {
    /** Whether it is sent by itself; else the sum counts it. */
    passes({ name, properties }: TelemetryEvent): boolean {
      if (properties["outcome"] !== "unauthenticated") return true;
      const minute = minutes.get(name) ?? {
        count: 0,
        cancel: clock.after(minuteMs, () => {
          close(name);
        }),
      };
      minutes.set(name, minute);
      minute.count += 1;
      return minute.count <= sentOneByOne;
    },
    /** Sends the sums, because the worker stops. */
    close() {
      for (const name of minutes.keys()) close(name);
    },
  };
}

/** One event for `count` requests. */
export function sumUnauthenticated(name: string, count: number, at: Date): TelemetryEvent {
  return { name, at, properties: { outcome: "unauthenticated", count }, calls: [] };
}
