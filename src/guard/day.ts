import { limits, type CountedCode, type CountryNumbers } from "./limits.ts";
import { LRUCache } from "lru-cache";

const dayMs = 86_400_000;

/** Returns the end of the UTC day. `at` and the result are in milliseconds since 1970. */
export function endOfDay(at: number): number {
  return (Math.floor(at / dayMs) + 1) * dayMs;
}

function byKey<Value extends number | string>() {
  // With the option `max`, each cache would reserve its memory at once, which takes 10 ms.
  return new LRUCache<string, Value>({ maxSize: 100_000, sizeCalculation: () => 1 });
}

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

/** Users with fewer unused codes are spared when their country reaches its limit. */
const fewUnused = 3;
/** Real people who get no code try one or two numbers. */
const numbersOfPerson = 2;

interface Applied {
  readonly limit: number;
  /** Includes this code. */
  readonly count: number;
  readonly exceeded: boolean;
  readonly key: string;
  readonly of: ReturnType<typeof createDay>["all"][number];
}

export function createDay(now: number) {
  const all = limits.map((limit) => ({
    ...limit,
    // With shared counts, the many keys of people would evict the keys of countries.
    counts: createCounts(),
    /** Phone numbers that people have begun to enroll. */
    numbers: byKey<"begun" | "finished">(),
  }));
  /** Unused sign-ins by user. */
  const unused = createCounts();
  /** The first two refused phone numbers of each person, one on each line. */
  const refused = byKey<string>();

  /** @param seesUses Whether Okta reports used codes on time. If not, used codes look unused. */
  function apply(code: CountedCode, numbers: CountryNumbers = {}, seesUses: boolean): Applied[] {
    const applied: Applied[] = [];
    for (const of of all) {
      const key = of.keyOf(code);
      const most = typeof of.limit === "number" ? of.limit : numbers[of.limit];
      if (key === undefined || most === undefined) continue;
      if (of.counted === "unused sign-ins" && !seesUses) continue;
      if (isOfNumbers(of) && of.numbers.has(numberKey(key, code))) continue;
      // From the second number on, the limit is halved, because attackers enroll several numbers.
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
   * A finished enrollment subtracts its own number, and one number more, because newcomers request
   * codes faster than they enter them.
   * @param counted Whether the app sent the code, possibly in another instance.
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
