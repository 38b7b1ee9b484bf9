import { dayMs } from "../../../src/guard/counts.ts";
import {
  groupOf,
  groups,
  type CountryNumbers,
  type Group,
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

/** Codes of a country in its busiest day, whenever that begins. */
export interface Busiest {
  readonly country: string;
  readonly group: Group | "calls";
  readonly day: number;
}

interface Margins {
  /** Unused codes: times all codes of the busiest day. */
  readonly unused: number;
  readonly atLeast: number;
  /** All codes: times those of the busiest day. */
  readonly all?: number;
}

/**
 * Found with tools/guard/simulate. Unused codes are compared with all codes of a day because in an
 * outage none is used. All codes have twice a day, and a tenth more: so a company that has grown to
 * twice its size, and has a busy day, refuses nobody.
 */
export const margins: Readonly<Record<Group | "calls", Margins>> = {
  enrollments: { unused: 1, atLeast: 40 },
  recoveries: { unused: 2, atLeast: 40 },
  others: { unused: 1.5, atLeast: 120, all: 2.2 },
  calls: { unused: 2.2, atLeast: 100 },
};
const peopleOfAKnownRange = 3;

/** Numbers for each country in which codes were asked for, and ranges in which people are known. */
export function suggest(codes: readonly ExportedCode[]): Suggestion {
  const oddDays = findOddDays(codes);
  const odd = new Set(oddDays.map(({ country, group, day }) => `${country} ${group} ${day}`));
  const usual = codes.filter((code) => !odd.has(`${code.country} ${groupOf(code)} ${dayOf(code)}`));
  const knownRanges = knownRangesOf(usual);
  const known = new Set(knownRanges);
  const byCountry = [...Map.groupBy(usual, ({ country }) => country)].sort(
    ([, one], [, other]) => other.length - one.length,
  );
  const busiest = byCountry.flatMap(([country, all]) => [
    ...groups.map((group) =>
      busiestOf(
        country,
        group,
        // Enrollments in known ranges have limits of their own.
        all.filter(
          (code) => groupOf(code) === group && !(group === "enrollments" && known.has(code.range)),
        ),
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
    knownRanges,
    oddDays,
  };
}

function numbersFrom(busiest: readonly Busiest[]): CountryNumbers {
  const of = (group: Busiest["group"]) => {
    const { unused, atLeast, all } = margins[group];
    const busiestDay = busiest.find((one) => one.group === group)?.day ?? 0;
    const day = Math.max(atLeast, Math.ceil(unused * busiestDay));
    return { day, all: all && Math.round(all * Math.max(atLeast, busiestDay)) };
  };
  const { day: calls } = of("calls");
  const { day: enrollments } = of("enrollments");
  const { day: recoveries } = of("recoveries");
  return {
    enrollments: { day: enrollments },
    recoveries: { day: recoveries },
    others: of("others"),
    calls,
  };
}

function busiestOf(
  country: string,
  group: Busiest["group"],
  codes: readonly ExportedCode[],
): Busiest {
  return { country, group, day: busiestDayOf(codes) };
}

/** The most codes in 24 hours, whenever these begin. */
function busiestDayOf(codes: readonly ExportedCode[]): number {
  let [first, most] = [0, 0];
  for (const [index, { at }] of codes.entries()) {
    while ((codes[first]?.at ?? at) <= at - dayMs) first += 1;
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
