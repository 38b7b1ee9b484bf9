import { LRUCache } from "lru-cache";

export const dayMs = 86_400_000;

/** Days of UTC since 1970. */
export function dayOf(at: number): number {
  return Math.floor(at / dayMs);
}

/** In milliseconds since 1970. */
export function endOfDay(at: number): number {
  return (dayOf(at) + 1) * dayMs;
}

export type ByKey<Value extends number | string> = LRUCache<string, Value>;

/** Holds 100,000 keys. Then the least recently used one is evicted. */
export function byKey<Value extends number | string>(): ByKey<Value> {
  // With `max` each cache would reserve its memory at once, which takes 10 ms.
  return new LRUCache<string, Value>({ maxSize: 100_000, sizeCalculation: () => 1 });
}

/** Never below `least`. */
export function addTo(counts: ByKey<number>, key: string, points: number, least = -Infinity): void {
  counts.set(key, Math.max(least, (counts.get(key) ?? 0) + points));
}
