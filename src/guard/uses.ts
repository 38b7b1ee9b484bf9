import { unusedIn, type Counts, type Measure } from "./counts.ts";
import { groupOf, personOf, type CodeFacts, type UsedCode } from "./guarded-code.ts";
import type { GuardMemory } from "./memory.ts";
import { placeKeys } from "./places.ts";

/**
 * A use takes off that code, and all that the person was sent before it and did not use, each in its own slot: those after it in the same
 * ten minutes too. Two instances that learn of two uses before they exchange counts take off the same codes twice, and as many more may go
 * out until the slot is an hour old.
 */
export function countUse(code: UsedCode, { people, places, usual }: GuardMemory): void {
  const { kind, range, country, askedAt, counted } = code;
  const [ofCountry, ofRange] = [country, range].map((place) => placeKeys.ofGroup(groupOf(kind), place)) as [
    string,
    string,
  ];
  const usedSlot = Math.floor(askedAt / people.slotMs);

  places.add(ofRange, askedAt, "completed");
  places.add(ofCountry, askedAt, "completed");
  usual.counts.add(ofCountry, askedAt, "completed");

  const unused = new Map(people.slotsOf(personOf(code)).map((tally) => [tally.slot, unusedIn(tally)]));
  // Where another instance sent it a moment ago, its count is not known here yet.
  const least = (slot: number) => (counted && slot === usedSlot ? 1 : 0);
  for (const slot of new Set([...unused.keys(), usedSlot])) {
    const at = slot * people.slotMs;
    if (slot > usedSlot) continue;
    const ofPerson = Math.max(least(slot), unused.get(slot) ?? 0);
    add(people, personOf(code), at, ofPerson);
    // A person's codes may have gone to another country: there no more is taken off than there is.
    const ofPlace = Math.max(least(slot), Math.min(ofPerson, unusedAt(places, ofCountry, slot)));
    add(places, ofCountry, at, ofPlace);
    add(usual.counts, ofCountry, at, ofPlace);
    if (kind === "enrollment") add(places, ofRange, at, ofPerson);
  }
}

/**
 * A code that is taken back may have been taken off by then, with another of its ten minutes. If that stayed, the next code in them would
 * count as used.
 */
export function takeBackUse(code: CodeFacts, askedAt: number, { people, places, usual }: GuardMemory): void {
  const { kind, range, country } = code;
  const slot = Math.floor(askedAt / people.slotMs);
  const tally = people.slotsOf(personOf(code)).find((one) => one.slot === slot);
  if (tally === undefined || tally.used <= tally.sent) return;
  const ofCountry = placeKeys.ofGroup(groupOf(kind), country);
  people.add(personOf(code), askedAt, "used", -1);
  for (const counts of [places, usual.counts]) counts.add(ofCountry, askedAt, "used", -1);
  if (kind === "enrollment") places.add(placeKeys.enrollments(range), askedAt, "used", -1);
}

function add(counts: Counts, key: string, at: number, count: number, measure: Measure = "used"): void {
  if (count > 0) counts.add(key, at, measure, count);
}

function unusedAt(counts: Counts, key: string, slot: number): number {
  const tally = counts.slotsOf(key).find((one) => one.slot === slot);
  return tally === undefined ? 0 : unusedIn(tally);
}
