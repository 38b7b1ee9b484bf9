import { createDays, type Days } from "./days.ts";
import { fingerprintOf, shorten, type Fingerprint } from "./fingerprint.ts";
import { createHistories, type Capacity, type Histories } from "./histories.ts";

/** What is counted of people goes by HMAC; what is counted of places, ranges and countries, is nobody's. */
export type CountGroup = "people" | "places";

/** Sliding windows, in buckets of 10 minutes. */
export type Window = "hour" | "day";

/**
 * Own counts, and those of the other instances as the exchange brings them. Bounded: the least recent are let go first.
 * Times are in milliseconds since 1970.
 */
export interface Counts {
  add(group: CountGroup, key: string, now: number): void;
  within(group: CountGroup, key: string, window: Window, now: number): number;
  /** A person was seen with something. */
  see(person: string, something: string, now: number): void;
  /** How many different things, at least. */
  different(person: string, window: Window, now: number): number;
  /** Of verified codes by country: the day with the most, of the 14 before this one. */
  addVerified(country: string, now: number): void;
  mostVerifiedInADay(country: string, now: number): number;
}

/** With what the exchange needs. */
export interface SharedCounts extends Counts {
  readonly of: Readonly<Record<CountGroup, { readonly own: Histories; readonly others: Histories }>>;
  readonly days: Days;
}

export interface Capacities {
  readonly own: Capacity;
  readonly others: Capacity;
}

/** A million people of a day, with a number each that they enrol. */
const peopleCapacities: Capacities = {
  own: { keys: 3_050_000, entries: 3_150_000 },
  others: { keys: 200_000, entries: 300_000 },
};
const placesCapacities: Capacities = {
  own: { keys: 60_000, entries: 120_000 },
  others: { keys: 60_000, entries: 120_000 },
};

const bucketMs = 600_000;
const bucketsIn: Record<Window, number> = { hour: 6, day: 144 };

export function bucketOf(now: number): number {
  return Math.floor(now / bucketMs);
}

/** Of a person's things each is one of 64 members, in 4 sets. */
const [setCount, setSize] = [4, 16];

export function createCounts(people = peopleCapacities, places = placesCapacities): SharedCounts {
  const create = ({ own, others }: Capacities) => ({ own: createHistories(own), others: createHistories(others) });
  const of = { people: create(people), places: create(places) };
  const days = createDays();

  function within(group: CountGroup, key: Fingerprint, window: Window, now: number): readonly [number, number, number] {
    const { own, others } = of[group];
    const span = [bucketOf(now), bucketsIn[window]] as const;
    // Others tell of a key's first code by half of its bits.
    return [own.within(key, ...span), others.within(key, ...span), others.within(shorten(key), ...span)];
  }

  return {
    add(group, key, now) {
      of[group].own.add(fingerprintOf(key), bucketOf(now), 1);
    },
    within(group, key, window, now) {
      const [own, others, firstCodes] = within(group, fingerprintOf(key), window, now);
      return own + others + firstCodes;
    },
    see(person, something, now) {
      const member = fingerprintOf(something).low % (setCount * setSize);
      const set = fingerprintOf(`${person} ${Math.floor(member / setSize)}`, true);
      of.people.own.add(set, bucketOf(now), 1 << (member % setSize));
    },
    different(person, window, now) {
      let count = 0;
      for (let set = 0; set < setCount; set++) {
        const [own, others, first] = within("people", fingerprintOf(`${person} ${set}`, true), window, now);
        count += onesIn(own | others | first);
      }
      return count;
    },
    addVerified(country, now) {
      days.add(country, now);
    },
    mostVerifiedInADay: (country, now) => days.best(country, now),
    of,
    days,
  };
}

function onesIn(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count++;
  return count;
}
