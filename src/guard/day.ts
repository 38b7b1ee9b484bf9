import { LRUCache } from "lru-cache";
import { limits, type CountedCode, type CountryLimits } from "./limits.ts";

// With the option `max`, each cache would reserve its memory at once, which takes 10 ms.
const unreserved = { maxSize: 100_000, sizeCalculation: () => 1 };

function createCounts() {
  const counts = new LRUCache<string, number>(unreserved);
  const of = (key: string): number => counts.get(key) ?? 0;
  return {
    of,
    add: (key: string, points: number) => void counts.set(key, Math.max(0, of(key) + points)),
    clear(): void {
      counts.clear();
    },
  };
}

export function createDay() {
  const rows = limits.map((limit) => ({
    ...limit,
    // With shared counts, the many keys of people would evict the keys of countries.
    counts: createCounts(),
    /** Codes or, if there are `numbers`, different numbers of each person. */
    people: limit.few === undefined ? undefined : createCounts(),
    /** Codes of each person for each number. Infinity after a finished enrollment. */
    numbers: limit.repeats === undefined ? undefined : createCounts(),
  }));
  /** The first two refused phone numbers of each person. */
  const refused = new LRUCache<string, Set<string>>(unreserved);

  type Row = (typeof rows)[number];

  /** Returns how much one code more or less changes the count. */
  function pointsOf(code: CountedCode, change: 1 | -1, { numbers }: Row, repeats?: number): number {
    if (numbers === undefined) return change;
    const codes = numbers.of(numberKey(code));
    return weigh(Math.max(0, codes + change), repeats) - weigh(codes, repeats);
  }

  /** Returns the limits that apply. Their counts include this code. */
  function apply(code: CountedCode, given: CountryLimits = {}) {
    return rows.flatMap((row) => {
      const key = row.keyOf(code);
      const whole = typeof row.limit === "number" ? row.limit : given[row.limit];
      if (key === undefined || whole === undefined) return [];
      const points = pointsOf(code, 1, row, row.repeats);
      const count = row.counts.of(key) + points;
      const asked =
        (row.people?.of(`${key} ${code.person}`) ?? 0) + pointsOf(code, 1, row, Infinity);
      const limit = Math.ceil(whole * shareFor(asked, row.few));
      const percent = row.people && Math.round((100 * count) / whole);
      return [{ row, key, limit, count, percent, isExceeded: points > 0 && count > limit }];
    });
  }

  function add(code: CountedCode, change: 1 | -1, applied: ReturnType<typeof apply>): void {
    for (const { row, key } of applied) {
      row.counts.add(key, pointsOf(code, change, row, row.repeats));
      row.people?.add(`${key} ${code.person}`, pointsOf(code, change, row, Infinity));
      row.numbers?.add(numberKey(code), change);
    }
  }

  /** @param wasSent Whether the app sent the code, possibly in another instance. */
  function use(code: CountedCode, wasSent: boolean): void {
    for (const { keyOf, counts, numbers, repeats, finished } of rows) {
      const key = keyOf(code);
      if (key === undefined || finished === undefined) continue;
      const codes = numbers?.of(numberKey(code)) ?? 0;
      if (codes < Infinity)
        counts.add(key, -finished - weigh(Math.max(codes, Number(wasSent)), repeats));
      numbers?.add(numberKey(code), Infinity);
    }
  }

  /** Returns whether two other numbers were refused. Real people try one or two numbers. */
  function recordRefusal(code: CountedCode): boolean {
    const numbers = refused.get(code.person) ?? new Set();
    if (numbers.size < 2) refused.set(code.person, numbers.add(code.phoneKey));
    return !numbers.has(code.phoneKey);
  }

  /** From now on, each person has asked for nothing yet, except for new numbers. */
  function forgetPeople(): void {
    for (const { people, numbers } of rows) if (numbers === undefined) people?.clear();
  }

  return { apply, add, use, recordRefusal, forgetPeople };
}

const numberKey = (code: CountedCode) => `${code.person} ${code.phoneKey}`;

/** Falls from the whole limit for people who ask for few codes to half for twice as many codes. */
function shareFor(asked: number, few = Infinity): number {
  return asked <= few ? 1 : Math.max(1 / 2, 1 - (asked - few) / (2 * few));
}

/** How much the codes of one person for one number count. */
function weigh(codes: number, repeats = 0): number {
  return codes === 0 || codes === Infinity ? 0 : Math.max(1, codes - repeats);
}
