import { compare, isOver, type Comparison } from "./comparison.ts";
import { sumOf, unusedOf, within, type SlotTally, type Window } from "./counts.ts";
import type { GuardedCode } from "./guarded-code.ts";
import type { GuardSettings, Limits } from "./guard-settings.ts";
import type { GuardMemory } from "./memory.ts";
import { placeKeys } from "./places.ts";

/** Of what is used in a range in a day. */
const shareOfRangesDay = 0.5;
/** Of a country's best day: Authgear's shares, https://github.com/authgear/authgear-server */
const [hourOfBestDay, dayOfBestDay] = [0.2 / 6, 0.3];
/** Where a smaller share of the sent enrollments is completed, refused ones count too. */
const completedShareOfPeople = 0.5;
const [regularsNeeded, regularsPerHour] = [3, 3];

/** Enrollments that nobody completes, by range and by country. They mean something only while Okta's events can be believed. */
export function compareUnfinished(
  { range, country }: Pick<GuardedCode, "range" | "country">,
  { rangeUnfinished, countryUnfinished }: Pick<GuardSettings, "rangeUnfinished" | "countryUnfinished">,
  memory: GuardMemory,
  now: number,
): Comparison[] {
  const { places, usual } = memory;
  const compareIn = (place: string, reason: "range-unfinished" | "country-unfinished", limits: Limits) => {
    const tallies = (window: Window) => within(places, placeKeys.enrollments(place), window, now);
    return compare(reason, limits, tallies, { hour: againstLimit, day: againstLimit });
  };
  const usedInRange = placeKeys
    .ofGroups(range)
    .map((key) => sumOf(within(places, key, "day", now), "completed"))
    .reduce((sum, used) => sum + used);
  const ofRange = raise(rangeUnfinished, shareOfRangesDay * usedInRange, shareOfRangesDay * usedInRange);
  const best = usual.bestDay(country, now);
  const ofCountry = compareIn(
    country,
    "country-unfinished",
    raise(countryUnfinished, hourOfBestDay * best, dayOfBestDay * best),
  );
  const countryPasses = ofCountry.some(isOver) && isForRegulars(range, memory, now);
  return [...compareIn(range, "range-unfinished", ofRange), ...(countryPasses ? [] : ofCountry)];
}

/** A pump must not keep out the newcomers of a range in which people are known. */
function isForRegulars(range: string, { places, regulars }: GuardMemory, now: number): boolean {
  const people = regulars.beforeToday(range, now);
  const unfinished = (window: Window) => unusedOf(within(places, placeKeys.enrollments(range), window, now)) + 1;
  return people >= regularsNeeded && unfinished("day") <= people && unfinished("hour") <= regularsPerHour;
}

/**
 * Completed ones offset as many: in a roll-out people request codes faster than they type them in.
 *
 * Nobody can use what was refused. If that always counted, a roll-out that once reached a limit would stay refused; if it never
 * counted, a pump would get its limit again each hour. So it counts where few of those that were sent are completed.
 */
function againstLimit(tallies: readonly SlotTally[]): number {
  const sent = sumOf(tallies, "sent") + 1;
  const completed = sumOf(tallies, "completed");
  const refused = completed < completedShareOfPeople * sent ? sumOf(tallies, "refused") : 0;
  return unusedOf(tallies) + 1 - completed + refused;
}

/** The limits that are set, raised to whole codes where the usual traffic allows more. */
function raise({ hour, day }: Limits, usualHour: number, usualDay: number): Limits {
  return {
    hour: hour && Math.max(hour, Math.floor(usualHour)),
    day: day && Math.max(day, Math.floor(usualDay)),
  };
}
