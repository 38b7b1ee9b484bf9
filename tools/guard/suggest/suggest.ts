import { groupOf, type CountryNumbers, type Group } from "../../../src/guard/guarded-code.ts";
import type { ExportedCode } from "./exported-codes.ts";
import { dayMs, dayOf, findUnusualDays, type UnusualDay } from "./unusual-days.ts";

export interface Suggestion {
  /** Limits by country, sorted by number of codes. `*` means all other countries. */
  readonly countries: ReadonlyMap<string, CountryNumbers>;
  /** Counts from which the limits are computed. */
  readonly busiest: readonly Busiest[];
  readonly knownRanges: readonly string[];
  readonly unusualDays: readonly UnusualDay[];
}

/** The most codes of a group that a country got in any 24 hours. */
export interface Busiest {
  readonly country: string;
  readonly group: Group | "calls";
  readonly day: number;
}

interface Margins {
  /** Factor from the busiest day's codes to the limit on unused codes. */
  readonly unused: number;
  readonly atLeast: number;
  /** Factor from the busiest day's codes to the limit on all codes. */
  readonly all?: number;
}

/**
 * Values found with tools/guard/simulate. The limit on unused codes follows from all codes of a
 * day, because no code is used in an outage. The limit on all codes is 2.2 times the busiest day,
 * so that a company can double in size and have a busy day without a refusal.
 */
export const margins: Readonly<Record<Group | "calls", Margins>> = {
  enrollments: { unused: 1, atLeast: 40 },
  recoveries: { unused: 2, atLeast: 40 },
  others: { unused: 1.5, atLeast: 120, all: 2.2 },
  calls: { unused: 2.2, atLeast: 100 },
};
const peopleOfAKnownRange = 3;

/** Suggests limits for each country with codes, and known ranges. */
export function suggest(codes: readonly ExportedCode[]): Suggestion {
  const unusualDays = findUnusualDays(codes);
  const unusual = new Set(
    unusualDays.map(({ country, group, day }) => `${country} ${group} ${day}`),
  );
  const usual = codes.filter(
    (code) => !unusual.has(`${code.country} ${groupOf(code)} ${dayOf(code)}`),
  );
  const knownRanges = knownRangesOf(usual);
  const known = new Set(knownRanges);
  const byCountry = [...Map.groupBy(usual, ({ country }) => country)].sort(
    ([, one], [, other]) => other.length - one.length,
  );
  const busiest = byCountry.flatMap(([country, all]) => [
    ...(["enrollments", "recoveries", "others"] as const).map((group) =>
      busiestOf(
        country,
        group,
        // Enrollments in known ranges have their own limits.
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
    unusualDays,
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

/** The most codes in any 24 hours. */
function busiestDayOf(codes: readonly ExportedCode[]): number {
  let [first, most] = [0, 0];
  for (const [index, { at }] of codes.entries()) {
    while ((codes[first]?.at ?? at) <= at - dayMs) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

/** Ranges in which at least `peopleOfAKnownRange` people used a code. */
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
