import { LRUCache } from "lru-cache";

export const windowMs = { hour: 3_600_000, day: 86_400_000 } as const;
export type Window = keyof typeof windowMs;

/**
 * Values by key, each kept for an hour or a day from when it was first set. With too many keys, the
 * least recent one goes.
 */
export type Kept<Value extends number | string> = LRUCache<string, Value>;

/** @param now Milliseconds, never 0: what was set at 0 would not expire. */
export function keep<Value extends number | string>(
  window: Window,
  keys: number,
  now: () => number,
): Kept<Value> {
  // With another resolution the library sets timers, and its time stands still between them.
  const fixedWindow = { noUpdateTTL: true, ttlResolution: 0, perf: { now } };
  // For a `max` of keys it would reserve all memory at once, which takes 10 ms for each.
  const bound = { maxSize: keys, sizeCalculation: () => 1 };
  return new LRUCache<string, Value>({ ttl: windowMs[window], ...fixedWindow, ...bound });
}

/** Never below `least`. */
export function addTo(counts: Kept<number>, key: string, points: number, least = -Infinity): void {
  // Read before it is set: `noUpdateTTL` leaves an expired key its old start, and the points would
  // be lost.
  counts.set(key, Math.max(least, (counts.get(key) ?? 0) + points));
}
