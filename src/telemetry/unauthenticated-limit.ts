import type { Clock } from "../timing/clock.ts";
import { createMinuteSums } from "../timing/minute-sums.ts";
import type { TelemetryEvent } from "./exporter.ts";

const sentOneByOne = 60;

/**
 * Strangers decide how many 401s there are. Beyond 60 in a minute they are summed, one event for
 * the rest of the minute. Each kind of event has its own 60, so that strangers at one route hide
 * nobody at another.
 */
export function createUnauthenticatedLimit(clock: Clock, send: (sum: TelemetryEvent) => void) {
  const sums = createMinuteSums(clock, (name, sum) => {
    if (sum > sentOneByOne)
      send(sumUnauthenticated(name, sum - sentOneByOne, new Date(clock.now())));
  });
  return {
    /** Whether it is sent by itself; else the sum counts it. */
    passes: ({ name, properties }: TelemetryEvent): boolean =>
      properties["outcome"] !== "unauthenticated" || sums.add(name, 1) <= sentOneByOne,
    /** Sends the sums, because the worker stops. */
    close: sums.end,
  };
}

/** One event for `count` requests. */
export function sumUnauthenticated(name: string, count: number, at: Date): TelemetryEvent {
  return { name, at, properties: { outcome: "unauthenticated", count }, calls: [] };
}
