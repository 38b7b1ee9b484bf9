import { LRUCache } from "lru-cache";

const dayMs = 86_400_000;

/** Days of UTC since 1970. */
export function dayOf(at: number): number {
  return Math.floor(at / dayMs);
}

/** In milliseconds since 1970. */
export function endOfDay(at: number): number {
  return (dayOf(at) + 1) * dayMs;
}

/** Holds 100,000 keys. If it is full, the least recently used key is evicted. */
export function byKey<Value extends number | string>() {
  // With `max` each cache would reserve its memory at once, which takes 10 ms.
  return new LRUCache<string, Value>({ maxSize: 100_000, sizeCalculation: () => 1 });
}

/** Counts under keys, such as users or countries. No count goes below zero. */
export function createCounts() {
  const counts = byKey<number>();
  return {
    of: (key: string): number => counts.get(key) ?? 0,
    add(key: string, points: number): void {
      counts.set(key, Math.max(0, (counts.get(key) ?? 0) + points));
    },
    delete: (key: string): void => void counts.delete(key),
  };
}
