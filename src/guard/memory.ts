import { createCounts, type Counts, type OnCounted } from "./counts.ts";
import { createEvidence, type Evidence } from "./evidence.ts";
import { createRegulars, type Regulars } from "./regulars.ts";
import { createUsualTraffic, type UsualTraffic } from "./usual-traffic.ts";

/** All that the guard knows. People and places are bounded apart, so that neither can crowd out the other. */
export interface GuardMemory {
  /** By person and kind of code, in slots of ten minutes, for a day. */
  readonly people: Counts;
  /** By range and by country, likewise. */
  readonly places: Counts;
  readonly usual: UsualTraffic;
  readonly regulars: Regulars;
  readonly evidence: Evidence;
}

/** Of people and places. */
export const slotMs = 600_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** About 30 MB of people. A range is of 10,000 numbers, so there are fewer. */
const [peopleLimit, placesLimit] = [100_000, 30_000];
/** More than there are countries and calling codes, by group. */
export const countriesLimit = 2_000;

/** What of it each instance reports to the others. */
export type OnCountedIn = Readonly<Partial<Record<"people" | "places" | "usual", OnCounted>>>;

/** @param peopleAreShared With the other instances, or there are none. */
export function createMemory(onCounted: OnCountedIn = {}, peopleAreShared = () => true): GuardMemory {
  const inDay = { slotMs, keptMs: dayMs };
  const inTwoWeeks = { slotMs: hourMs, keptMs: 15 * dayMs, keysLimit: countriesLimit };
  return {
    people: createCounts({ ...inDay, keysLimit: peopleLimit }, onCounted.people),
    places: createCounts({ ...inDay, keysLimit: placesLimit }, onCounted.places),
    usual: createUsualTraffic(createCounts(inTwoWeeks, onCounted.usual)),
    regulars: createRegulars(peopleAreShared),
    evidence: createEvidence(),
  };
}
