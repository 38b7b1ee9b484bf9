import type { Comparison } from "./comparison.ts";
import { sumOf, unusedOf, within } from "./counts.ts";
import { groupOf, type GuardedCode } from "./guarded-code.ts";
import type { GuardMemory } from "./memory.ts";
import { placeKeys } from "./places.ts";

const capAtLeast = 20;
const [timesUnused, timesSent] = [5, 2];
const daysNeeded = 7;
const hourOfBudget = 1 / 5;

/** A country's codes in an hour, each group apart. It always holds, whether Okta's events can be believed or not. */
export function compareVolume(
  { kind, country }: Pick<GuardedCode, "kind" | "country">,
  budget: number | undefined,
  believed: boolean,
  { places, usual }: GuardMemory,
  now: number,
): Comparison[] {
  const group = groupOf(kind);
  // How many sign-in and recovery codes are usual is known after a week.
  if (group !== "enrollments" && usual.daysKnown(group, now) < daysNeeded) return [];
  const key = placeKeys.ofGroup(group, country);
  const usualHour = usual.bestHour(key, believed ? "unused" : "sent", now);
  const cap = Math.max(capAtLeast, (believed ? timesUnused : timesSent) * usualHour, hourOfBudget * (budget ?? 0));
  const hour = within(places, key, "hour", now);
  const count = (believed ? unusedOf(hour) : sumOf(hour, "sent")) + 1;
  return [{ reason: "volume-cap", count, limit: Math.floor(cap) }];
}

/** All codes to a country in a day, those to exempt ranges too. */
export function compareBudget(
  { country }: Pick<GuardedCode, "country">,
  budget: number | undefined,
  { places }: GuardMemory,
  now: number,
): Comparison[] {
  if (budget === undefined) return [];
  const keys = [...placeKeys.ofGroups(country), placeKeys.exempt(country)];
  const sent = keys.map((key) => sumOf(within(places, key, "day", now), "sent"));
  return [{ reason: "country-budget", count: sent.reduce((sum, count) => sum + count) + 1, limit: budget }];
}
