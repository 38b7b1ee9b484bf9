/** What is counted in one slot of time. A code that was not used, and whose person used none since, is `sent` less `used`. */
export interface Tally {
  sent: number;
  /** Codes that were used, and the earlier ones of the same person, which nobody needs any more. */
  used: number;
  /** Codes that were used, one for each. */
  completed: number;
  /** Refused enrollments, under the rule that refused them. */
  refused: number;
}
export type Measure = keyof Tally;
export const measures = ["sent", "used", "completed", "refused"] as const satisfies readonly Measure[];

export interface SlotTally extends Tally {
  /** Number of the slot since 1970. */
  readonly slot: number;
}

export function emptyTally(slot: number): SlotTally {
  return { slot, sent: 0, used: 0, completed: 0, refused: 0 };
}

/** Receives what this instance counted itself, for the exchange. */
export type OnCounted = (key: string, slot: number, measure: Measure, count: number) => void;

/** Exact counts by key and slot, with a bound: the key that was counted least recently goes first. */
export interface Counts {
  readonly slotMs: number;
  add(key: string, at: number, measure: Measure, count?: number): void;
  /** Adds what another instance counted. */
  merge(key: string, slot: number, measure: Measure, count: number): void;
  /** How often that was done. */
  merged(): number;
  /** The slots of a key, in no order. */
  slotsOf(key: string): readonly SlotTally[];
}

interface CountsSettings {
  readonly slotMs: number;
  readonly keptMs: number;
  readonly keysLimit: number;
}

export function createCounts({ slotMs, keptMs, keysLimit }: CountsSettings, onCounted?: OnCounted): Counts {
  const byKey = new Map<string, readonly SlotTally[]>();
  let newestSlot = 0;
  let merged = 0;

  function tallyOf(key: string, slot: number): Tally {
    const slots = byKey.get(key) ?? [];
    // Mostly the newest one, of up to 360.
    const found = slots.findLast((tally) => tally.slot === slot);
    const tally = found ?? emptyTally(slot);
    const oldest = newestSlot - keptMs / slotMs;
    // A Map keeps the order of insertion: the key becomes the most recent one.
    byKey.delete(key);
    byKey.set(key, found ? slots : slots.filter((one) => one.slot > oldest).concat(tally));
    if (byKey.size > keysLimit) for (const leastRecent of first(byKey)) byKey.delete(leastRecent);
    return tally;
  }

  return {
    slotMs,
    add(key, at, measure, count = 1) {
      const slot = Math.floor(at / slotMs);
      newestSlot = Math.max(newestSlot, slot);
      tallyOf(key, slot)[measure] += count;
      onCounted?.(key, slot, measure, count);
    },
    merge(key, slot, measure, count) {
      merged += 1;
      tallyOf(key, slot)[measure] += count;
    },
    merged: () => merged,
    slotsOf: (key) => byKey.get(key) ?? [],
  };
}

function first(map: ReadonlyMap<string, unknown>): string[] {
  for (const key of map.keys()) return [key];
  return [];
}

const hourMs = 3_600_000;
export const windowMs = { hour: hourMs, day: 24 * hourMs } as const;
export type Window = keyof typeof windowMs;

/** Of a sliding window that ends now, in whole slots. */
export function within(counts: Counts, key: string, window: Window, now: number): readonly SlotTally[] {
  const oldest = Math.floor(now / counts.slotMs) - windowMs[window] / counts.slotMs;
  return counts.slotsOf(key).filter(({ slot }) => slot > oldest);
}

export function sumOf(tallies: readonly Tally[], measure: Measure): number {
  return tallies.reduce((sum, tally) => sum + tally[measure], 0);
}

/** Never below zero: another instance may report a use before the code. */
export function unusedIn({ sent, used }: Tally): number {
  return Math.max(0, sent - used);
}

export function unusedOf(tallies: readonly Tally[]): number {
  return tallies.reduce((sum, tally) => sum + unusedIn(tally), 0);
}
