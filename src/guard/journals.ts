import { createJournal, type Journal } from "./journal.ts";
import { countriesLimit, slotMs, type OnCountedIn } from "./memory.ts";

/** What this instance has counted of people and places, by the hour, and of usual traffic, by the day. */
export interface Journals {
  readonly onCounted: OnCountedIn;
  readonly people: Pick<Journal, "entriesOf">;
  readonly places: Pick<Journal, "entriesOf">;
  readonly usual: Pick<Journal, "entriesOf">;
  /** What is counted from now on is reported under this hour and its day. Hours are counted since 1970, as are days. */
  startHour(hour: number): void;
  forgetBefore(hour: number): void;
}

export const hoursInDay = 24;
export const slotsInHour = 3_600_000 / slotMs;

export function createJournals(): Journals {
  // As in memory, people and places are bounded apart: many people must not keep a pumped range from being reported.
  const people = createJournal({ letter: "p", periodSlots: slotsInHour, keysLimit: 20_000 });
  const places = createJournal({ letter: "c", periodSlots: slotsInHour, keysLimit: 10_000 });
  const usual = createJournal({ letter: "u", periodSlots: hoursInDay, keysLimit: countriesLimit });

  return {
    onCounted: { people: people.onCounted, places: places.onCounted, usual: usual.onCounted },
    ...{ people, places, usual },
    startHour(hour) {
      for (const journal of [people, places]) journal.startPeriod(hour);
      usual.startPeriod(Math.floor(hour / hoursInDay));
    },
    forgetBefore(hour) {
      for (const journal of [people, places]) journal.forgetBefore(hour);
      usual.forgetBefore(Math.floor(hour / hoursInDay) - 1);
    },
  };
}
