import { LRUCache } from "lru-cache";
import type { CodeFacts, UsedCode } from "./guarded-code.ts";

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

/** The sum does not go below `least`. */
export function addTo(
  counts: LRUCache<string, number>,
  key: string,
  points: number,
  least = -Infinity,
): void {
  counts.set(key, Math.max(least, (counts.get(key) ?? 0) + points));
}

const several = "several";
/**
 * How many completed enrollments of one number raise the limit in a day. Without this bound, an
 * attacker could enroll a few SIM cards again and again to get codes for many other numbers.
 */
const completionsCredited = 2;
/**
 * Real people who get no code try one or two numbers. A refusal for a third number therefore counts
 * as repeated.
 */
const numbersOfPerson = 2;

/** Facts about a day's enrollments, besides their counts. */
export function createEnrollments() {
  /** The number that a user began to enroll, or `several`. */
  const began = byKey<string>();
  /** Completed enrollments by number. */
  const completed = byKey<number>();
  /** For each person, the first two refused numbers, one on each line. */
  const refused = byKey<string>();

  return {
    begin({ userKey, phoneKey }: CodeFacts): void {
      if (userKey === undefined) return;
      const before = began.get(userKey) ?? phoneKey;
      began.set(userKey, before === phoneKey ? phoneKey : several);
    },
    /** Whether the user began to enroll more than one number that day. */
    hasSeveral: ({ userKey }: CodeFacts): boolean =>
      userKey !== undefined && began.get(userKey) === several,
    /**
     * Returns what to subtract in addition to the unused codes. Undefined if nothing is subtracted,
     * because the user began with several numbers or with another one.
     */
    complete({ userKey, phoneKey }: UsedCode): 0 | 1 | undefined {
      if ((began.get(userKey) ?? phoneKey) !== phoneKey) return undefined;
      addTo(completed, phoneKey, 1);
      return (completed.get(phoneKey) ?? 0) <= completionsCredited ? 1 : 0;
    },
    refuse({ userKey, phoneKey }: CodeFacts): "first" | "repeated" {
      const person = userKey ?? phoneKey;
      const numbers = refused.get(person)?.split("\n") ?? [];
      if (numbers.includes(phoneKey)) return "first";
      if (numbers.length === numbersOfPerson) return "repeated";
      refused.set(person, [...numbers, phoneKey].join("\n"));
      return "first";
    },
  };
}
