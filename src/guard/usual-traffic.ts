import { unusedIn, type Counts, type SlotTally } from "./counts.ts";
import type { Group } from "./guarded-code.ts";
import { placeKeys } from "./places.ts";

/** What is usual, by hourly counts of the last 14 whole UTC days. Today says nothing yet: no attack becomes usual while it goes on. */
export interface UsualTraffic {
  /** In slots of an hour, by group and country. */
  readonly counts: Counts;
  /** On how many of the days codes were sent, of any group and to anywhere, and the group was counted apart. */
  daysKnown(group: Group, now: number): number;
  /** Codes that were used in the country on the best day. */
  bestDay(country: string, now: number): number;
  /**
   * The best hour of the second-best day, so that one odd day sets no measure. Of a day on which codes were used, no more counts than
   * usual people account for: an attack that goes on for days uses none, and would else raise its own limit every other day.
   */
  bestHour(key: string, measure: "sent" | "unused", now: number): number;
}

/** Each code counts here. Rows of a version that did not count recoveries apart have the last one alone. */
export const anywhere = placeKeys.ofGroups("*");
/** Of the codes that were used in the day's best hour. Where people use fewer than half of theirs, the cap is closer to them. */
const timesUsed = { sent: 2, unused: 0.5 };
const hoursInDay = 24;
const days = 14;

export function createUsualTraffic(counts: Counts): UsualTraffic {
  /** Since a decision must not add up two weeks. Kept for an hour, unless another instance reports something. */
  const known = new Map<string, number>();
  let knownFor = "";

  function remembered(name: string, now: number, find: () => number): number {
    const state = `${Math.floor(now / counts.slotMs)} ${counts.merged()}`;
    if (state !== knownFor) known.clear();
    knownFor = state;
    const value = known.get(name) ?? find();
    known.set(name, value);
    return value;
  }

  function finishedDays(key: string, now: number): Map<number, SlotTally[]> {
    const today = Math.floor(now / (hoursInDay * counts.slotMs));
    const byDay = Map.groupBy(counts.slotsOf(key), ({ slot }) => Math.floor(slot / hoursInDay));
    for (const day of byDay.keys()) if (day >= today || day < today - days) byDay.delete(day);
    return byDay;
  }

  return {
    counts,
    daysKnown: (group, now) =>
      remembered(`days ${group}`, now, () => finishedDays(placeKeys.ofGroup(group, "*"), now).size),
    bestDay: (country, now) =>
      remembered(`day ${country}`, now, () => {
        const used = new Map<number, number>();
        for (const key of placeKeys.ofGroups(country))
          for (const [day, hours] of finishedDays(key, now))
            used.set(
              day,
              hours.reduce((sum, { completed }) => sum + completed, used.get(day) ?? 0),
            );
        return Math.max(0, ...used.values());
      }),
    bestHour: (key, measure, now) =>
      remembered(`${measure} ${key}`, now, () => {
        const of = (tally: SlotTally) => (measure === "sent" ? tally.sent : unusedIn(tally));
        const best = [...finishedDays(key, now).values()].map((hours) => {
          const used = Math.max(...hours.map(({ completed }) => completed));
          const atMost = used === 0 ? Infinity : Math.floor(timesUsed[measure] * used);
          return Math.min(atMost, Math.max(...hours.map(of)));
        });
        return best.sort((one, other) => other - one)[1] ?? 0;
      }),
  };
}
