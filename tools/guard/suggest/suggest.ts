import { windowMs } from "../../../src/guard/counts.ts";
import {
  groupOf,
  groups,
  type CountryNumbers,
  type Group,
  type GroupNumbers,
} from "../../../src/guard/guarded-code.ts";
import type { ExportedCode } from "./exported-codes.ts";
import { dayOf, findOddDays, type OddDay } from "./odd-days.ts";

export interface Suggestion {
  /**
   * Of each country in which codes were asked for, the one with the most first; `*` for all others.
   */
  readonly countries: ReadonlyMap<string, CountryNumbers>;
  /** From what the numbers come. */
  readonly busiest: readonly Busiest[];
  readonly knownRanges: readonly string[];
  readonly oddDays: readonly OddDay[];
}

/** Codes of a country in its busiest hour and in its busiest day, wherever these begin. */
export interface Busiest {
  readonly country: string;
  readonly group: Group | "calls";
  readonly hour: number;
  readonly day: number;
}

interface Margins {
  /** Times the busiest hour and the busiest day. */
  readonly hour: number;
  readonly day: number;
  /** Never under these. */
  readonly atLeast: Pick<GroupNumbers, "hour" | "day">;
  readonly all: (day: number) => number;
  readonly allSays: string;
}

const threeTimes = { all: (day: number) => 3 * day, allSays: "three times that day's number" };

/**
 * Found with tools/guard/simulate: in usual weeks of other seeds they refuse nobody, even while no
 * event of Okta's arrives.
 */
export const margins: Readonly<Record<Group, Margins>> = {
  enrollments: {
    hour: 1.5,
    day: 1,
    atLeast: { hour: 20, day: 40 },
    all: () => 4_000,
    allSays: "4,000",
  },
  recoveries: { hour: 2, day: 2, atLeast: { hour: 40, day: 200 }, ...threeTimes },
  others: { hour: 1.5, day: 1.5, atLeast: { hour: 40, day: 120 }, ...threeTimes },
};
const callsAtLeast = 100;
const peopleOfAKnownRange = 3;

/** Numbers for each country in which codes were asked for, and ranges in which people are known. */
export function suggest(codes: readonly ExportedCode[]): Suggestion {
  const oddDays = findOddDays(codes);
  const odd = new Set(oddDays.map(({ country, group, day }) => `${country} ${group} ${day}`));
  const usual = codes.filter((code) => !odd.has(`${code.country} ${groupOf(code)} ${dayOf(code)}`));
  const byCountry = [...Map.groupBy(usual, ({ country }) => country)].sort(
    ([, one], [, other]) => other.length - one.length,
  );
  const busiest = byCountry.flatMap(([country, all]) => [
    ...groups.map((group) =>
      busiestOf(
        country,
        group,
        all.filter((code) => groupOf(code) === group),
      ),
    ),
    busiestOf(
      country,
      "calls",
      all.filter(({ channel }) => channel === "voice"),
    ),
  ]);
  const countries = byCountry.map(([country]): [string, CountryNumbers] => [
    country,
    numbersFrom(busiest.filter((one) => one.country === country)),
  ]);
  return {
    countries: new Map([...countries, ["*", numbersFrom([])]]),
    busiest,
    knownRanges: knownRangesOf(usual),
    oddDays,
  };
}

function numbersFrom(busiest: readonly Busiest[]): CountryNumbers {
  const of = (group: Busiest["group"]) =>
    busiest.find((one) => one.group === group) ?? { hour: 0, day: 0 };
  const numbers = groups.map((group): [Group, GroupNumbers] => {
    const { atLeast, all, ...times } = margins[group];
    const hour = Math.max(atLeast.hour, Math.ceil(times.hour * of(group).hour));
    const day = Math.max(atLeast.day, hour, Math.ceil(times.day * of(group).day));
    return [group, { hour, day, all: Math.max(day, all(day)) }];
  });
  return { ...Object.fromEntries(numbers), calls: Math.max(callsAtLeast, of("calls").day) };
}

function busiestOf(
  country: string,
  group: Busiest["group"],
  codes: readonly ExportedCode[],
): Busiest {
  return {
    country,
    group,
    hour: busiestIn(codes, windowMs.hour),
    day: busiestIn(codes, windowMs.day),
  };
}

/** The most codes in a window of that length, wherever it begins. */
function busiestIn(codes: readonly ExportedCode[], lengthMs: number): number {
  let [first, most] = [0, 0];
  for (const [index, { at }] of codes.entries()) {
    while ((codes[first]?.at ?? at) <= at - lengthMs) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

/** Those in which so many people have used a code. */
function knownRangesOf(codes: readonly ExportedCode[]): string[] {
  const people = Map.groupBy(
    codes.filter(({ used }) => used),
    ({ range }) => range,
  );
  return [...people]
    .filter(
      ([, used]) =>
        new Set(used.map(({ userKey, phoneKey }) => userKey ?? phoneKey)).size >=
        peopleOfAKnownRange,
    )
    .map(([range]) => range)
    .sort();
}
