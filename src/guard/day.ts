import { limits, type CountedCode, type CountryNumbers } from "./limits.ts";
import { LRUCache } from "lru-cache";

const dayMs = 86_400_000;

/** The end of the day of UTC. Both are in milliseconds since 1970. */
export function endOfDay(at: number): number {
  return (Math.floor(at / dayMs) + 1) * dayMs;
}

/** Holds 100,000 keys. If it is full, the least recently used key is evicted. */
function byKey<Value extends number | string>() {
  // With `max` each cache would reserve its memory at once, which takes 10 ms.
  return new LRUCache<string, Value>({ maxSize: 100_000, sizeCalculation: () => 1 });
}

/** Counts under keys, such as users or countries. No count goes below zero. */
function createCounts() {
  const counts = byKey<number>();
  return {
    of: (key: string): number => counts.get(key) ?? 0,
    add(key: string, points: number): void {
      counts.set(key, Math.max(0, (counts.get(key) ?? 0) + points));
    },
    delete: (key: string): void => void counts.delete(key),
  };
}

/** A full limit of unused sign-ins refuses only users with at least this many unused ones. */
const fewUnused = 3;
/**
 * Real people who get no code try one or two numbers. A refusal for a third number therefore counts
 * as repeated.
 */
const numbersOfPerson = 2;

/** A limit that a code counts in. */
interface Applied {
  readonly limit: number;
  /** Includes this code. */
  readonly count: number;
  readonly exceeded: boolean;
  readonly key: string;
  readonly of: ReturnType<typeof createDay>["all"][number];
}

/** Counts of one day of UTC. */
export function createDay(now: number) {
  const all = limits.map((limit) => ({
    ...limit,
    // Each limit has its own counts. In shared counts, people's keys would evict those of countries.
    counts: createCounts(),
    /** Numbers that were begun, by the limit's key. */
    numbers: byKey<"begun" | "finished">(),
  }));
  /** Unused sign-ins by user. */
  const unused = createCounts();
  /** For each person, the first two refused numbers, one on each line. */
  const refused = byKey<string>();

  /** @param seesUses Whether a code that looks unused really is unused. */
  function apply(code: CountedCode, numbers: CountryNumbers = {}, seesUses: boolean): Applied[] {
    const applied: Applied[] = [];
    for (const of of all) {
      const key = of.keyOf(code);
      const most = typeof of.limit === "number" ? of.limit : numbers[of.limit];
      if (key === undefined || most === undefined) continue;
      if (of.counted === "unused sign-ins" && !seesUses) continue;
      if (isOfNumbers(of) && of.numbers.has(numberKey(key, code))) continue;
      // A newcomer enrolls one number. An attacker's account enrolls more.
      const isSecond = applied.some((one) => one.of.counted === "new numbers" && one.count > 1);
      const limit = isSecond ? Math.ceil(most / 2) : most;
      const count = of.counts.of(key) + 1;
      const isSpared = of.counted === "unused sign-ins" && unused.of(userOf(code)) < fewUnused;
      applied.push({ of, key, limit, count, exceeded: count > limit && !isSpared });
    }
    return applied;
  }

  function add(points: 1 | -1, { of, key }: Applied, code: CountedCode): void {
    of.counts.add(key, points);
    if (of.counted === "unused sign-ins") unused.add(userOf(code), points);
    if (isOfNumbers(of) && points === 1) of.numbers.set(numberKey(key, code), "begun");
    else if (isOfNumbers(of)) of.numbers.delete(numberKey(key, code));
  }

  /**
   * Subtracts a used code: the user's unused sign-ins, or an enrolled number and, because newcomers
   * ask faster than they type, one more.
   * @param counted Whether the code was sent, maybe by another instance.
   */
  function use(code: CountedCode, counted: boolean): void {
    for (const { by, counted: what, counts, numbers, keyOf } of all) {
      const key = keyOf(code);
      if (key === undefined) continue;
      if (what === "unused sign-ins")
        counts.add(key, -Math.max(Number(counted), unused.of(userOf(code))));
      if (by === "country and kind" && code.kind === "enrollment")
        counts.add(key, -Number(counted));
      if (what !== "unfinished numbers") continue;
      const number = numbers.get(numberKey(key, code));
      if (number !== "finished") counts.add(key, number === "begun" || counted ? -2 : -1);
      numbers.set(numberKey(key, code), "finished");
    }
    if (code.kind !== "enrollment" && code.kind !== "recovery") unused.delete(userOf(code));
  }

  function isRepeatedRefusal(code: CountedCode): boolean {
    const numbers = refused.get(userOf(code))?.split("\n") ?? [];
    if (numbers.includes(code.phoneKey)) return false;
    if (numbers.length === numbersOfPerson) return true;
    refused.set(userOf(code), [...numbers, code.phoneKey].join("\n"));
    return false;
  }

  return { endsAt: endOfDay(now), all, apply, add, use, isRepeatedRefusal };
}

const isOfNumbers = ({ counted }: Applied["of"]) => counted.endsWith("numbers");
const userOf = ({ userKey, phoneKey }: CountedCode) => userKey ?? phoneKey;
const numberKey = (key: string, { phoneKey }: CountedCode) => `${key} ${phoneKey}`;
