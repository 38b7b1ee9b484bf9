import { emptyTally, measures, type OnCounted, type SlotTally } from "./counts.ts";
import type { Entry } from "./row.ts";

/** What this instance has counted, by the hour or the day in which it is reported to the others. */
export interface Journal {
  readonly onCounted: OnCounted;
  /** What is counted from now on is reported under this period. Periods are numbers of `periodSlots` slots since 1970. */
  startPeriod(period: number): void;
  /** Slots are relative to the first one of the period, since a use may belong to an earlier time. */
  entriesOf(period: number): [key: string, entries: Entry[]][];
  forgetBefore(period: number): void;
}

interface JournalSettings {
  /** Stands before each key, and says what it is of. */
  readonly letter: string;
  readonly periodSlots: number;
  /** Of one period. What comes after that many keys is counted here and reported to nobody. */
  readonly keysLimit: number;
}

export function createJournal({ letter, periodSlots, keysLimit }: JournalSettings): Journal {
  let current = new Map<string, readonly SlotTally[]>();
  /** Undefined until the first period starts, so that what was counted before is reported under that one. */
  let currentPeriod: number | undefined;
  const periods = new Map<number, Map<string, readonly SlotTally[]>>();

  return {
    onCounted(key, slot, measure, count) {
      const slots = current.get(letter + key) ?? [];
      if (slots.length === 0 && current.size >= keysLimit) return;
      const found = slots.find((tally) => tally.slot === slot);
      const tally = found ?? emptyTally(slot);
      tally[measure] += count;
      if (found === undefined) current.set(letter + key, slots.concat(tally));
    },
    startPeriod(period) {
      if (period === currentPeriod) return;
      if (currentPeriod !== undefined) current = periods.get(period) ?? new Map<string, readonly SlotTally[]>();
      currentPeriod = period;
      periods.set(period, current);
    },
    entriesOf: (period) =>
      [...(periods.get(period) ?? [])].map(([key, slots]) => [
        key,
        slots.map((tally) => entryOf(tally.slot - period * periodSlots, tally)),
      ]),
    forgetBefore(period) {
      for (const one of periods.keys()) if (one < period) periods.delete(one);
    },
  };
}

function entryOf(slot: number, tally: SlotTally): Entry {
  const entry = [slot, ...measures.map((measure) => tally[measure])];
  return entry.slice(0, 1 + entry.findLastIndex((count, index) => index === 0 || count !== 0));
}
