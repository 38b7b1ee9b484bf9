/** People who used codes, by place (a range or a country), over the last 14 days. Days are `2026-11-25`, of UTC. */
export interface Regulars {
  add(place: string, person: string, now: number): void;
  merge(place: string, person: string, day: string): void;
  /** How many used codes before today, at most 72. */
  beforeToday(place: string, now: number): number;
  /** How many used codes, at most 72. */
  inTwoWeeks(place: string, now: number): number;
  /**
   * Whether what is known goes back a week, and is not older than that. Else nobody can say that a place has no people: when events stop
   * coming, all people are forgotten after two weeks.
   */
  knownForAWeek(now: number): boolean;
  /** What this instance has to report of a day: place → people. */
  own(day: string): ReadonlyMap<string, readonly string[]>;
}

const dayMs = 86_400_000;
export const daysKept = 14;
/** A range may have three unfinished enrollments an hour while its country is refused: more people than 72 change nothing. */
const peopleOfPlaceLimit = 72;
/** A person is reported again after a week, so that a new instance, which reads two, knows all of them. */
const reportedEveryMs = 7 * dayMs;
const peopleLimit = 50_000;

interface Seen {
  readonly person: string;
  readonly first: string;
  readonly last: string;
}

export function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** @param areShared False where people of other instances are not known: a part of them must not be taken for all. */
export function createRegulars(areShared: () => boolean): Regulars {
  const places = new Map<string, readonly Seen[]>();
  const ownDays = new Map<string, Map<string, string[]>>();
  let known = 0;
  let forgottenOn = "";
  /** Since when people are known. */
  let since = "9999";
  /** When somebody used a code last. */
  let until = "";

  /** False where the person is known well enough. */
  function see(place: string, person: string, day: string): boolean {
    if (day > until) until = day;
    const people = places.get(place) ?? [];
    const seen = people.find((one) => one.person === person);
    const isRecent = seen !== undefined && seen.last > dayOf(Date.parse(day) - reportedEveryMs);
    if (isRecent || (seen === undefined && (people.length >= peopleOfPlaceLimit || known >= peopleLimit))) return false;
    if (seen === undefined) known += 1;
    const first = seen !== undefined && seen.first < day ? seen.first : day;
    if (first < since) since = first;
    places.set(place, people.filter((one) => one !== seen).concat({ person, first, last: day }));
    return true;
  }

  function forgetBefore(day: string): void {
    since = "9999";
    for (const [place, people] of places) {
      const left = people.filter(({ last }) => last >= day);
      known -= people.length - left.length;
      for (const { first } of left) if (first < since) since = first;
      if (left.length === 0) places.delete(place);
      else if (left.length < people.length) places.set(place, left);
    }
    for (const one of ownDays.keys()) if (one < day) ownDays.delete(one);
  }

  function countOf(place: string, now: number, isCounted: (seen: Seen) => boolean): number {
    const oldest = dayOf(now - daysKept * dayMs);
    return (places.get(place) ?? []).filter((seen) => seen.last >= oldest && isCounted(seen)).length;
  }

  return {
    add(place, person, now) {
      if (!areShared()) return;
      const today = dayOf(now);
      if (forgottenOn !== today) forgetBefore(dayOf(now - daysKept * dayMs));
      forgottenOn = today;
      if (!see(place, person, today)) return;
      const ofDay = ownDays.get(today) ?? new Map<string, string[]>();
      ofDay.set(place, (ofDay.get(place) ?? []).concat(person));
      ownDays.set(today, ofDay);
    },
    merge: (place, person, day) => void see(place, person, day),
    beforeToday(place, now) {
      const today = dayOf(now);
      return countOf(place, now, ({ first }) => first < today);
    },
    inTwoWeeks: (place, now) => countOf(place, now, () => true),
    knownForAWeek(now) {
      const weekAgo = dayOf(now - 7 * dayMs);
      return since <= weekAgo && until >= weekAgo;
    },
    own: (day) => ownDays.get(day) ?? new Map<string, readonly string[]>(),
  };
}
