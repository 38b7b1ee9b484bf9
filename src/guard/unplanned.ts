import type { Comparison } from "./comparison.ts";
import { sumOf, within } from "./counts.ts";
import type { GuardedCode } from "./guarded-code.ts";
import type { GuardMemory } from "./memory.ts";
import { placeKeys } from "./places.ts";

const peopleNeeded = 3;
const [unplannedADay, allUnplannedADay] = [20, 60];

/** Nobody has allowed the country or given it a budget, and hardly anybody has used a code there. */
export function isUnplanned(
  { country, countryAllowed }: GuardedCode,
  hasBudget: boolean,
  { regulars }: GuardMemory,
  now: number,
): boolean {
  if (countryAllowed || hasBudget || !regulars.knownForAWeek(now)) return false;
  return regulars.inTwoWeeks(country, now) < peopleNeeded;
}

/** Enrollments in such countries in a day: a pump prefers those that pay best, or tries many of them. */
export function compareUnplanned(
  { country }: Pick<GuardedCode, "country">,
  { places }: GuardMemory,
  now: number,
): Comparison[] {
  const sentIn = (key: string): number => sumOf(within(places, key, "day", now), "sent") + 1;
  return [
    { reason: "unplanned-country", count: sentIn(placeKeys.enrollments(country)), limit: unplannedADay },
    { reason: "unplanned-country", count: sentIn(placeKeys.unplanned), limit: allUnplannedADay },
  ];
}
