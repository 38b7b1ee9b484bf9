import { setImmediate as hooksTurn } from "node:timers/promises";
import type { SharedCounts } from "./counts.ts";
import { dayOf } from "./days.ts";
import type { GuardTable, GuardRow } from "./guard-table.ts";
import { countsIn, hourMs, hourOf, merge, objectIn, textsOf, type HourCounts } from "./row.ts";

export type { GuardRow, GuardTable } from "./guard-table.ts";

export interface Exchange {
  /**
   * Tells the others what was counted here, where that is due, and takes in what they tell. Rejects where the table fails:
   * then counting goes on.
   */
  run(now: number): Promise<void>;
  /** A limit is near, or the instance stops: the next run is due, whenever it comes. */
  hasten(): void;
  /** How long ago the last one was; undefined before the first. */
  ageMs(now: number): number | undefined;
}

interface ExchangeSettings {
  readonly counts: SharedCounts;
  readonly table: GuardTable;
  /** Unique, of letters and digits. */
  readonly instance: string;
  /** People are told of only where all instances have one HMAC for them. */
  readonly tellsPeople: () => boolean;
}

/** How often `run` is to be called. It does something every third time, or each time while a limit is near. */
export const runEveryMs = 5_000;
const usuallyEveryMs = 15_000;
const hoursRead = 24;
const daysRead = 15;
/** Hours are partitions too, and stand before it. */
const verified = "verified";
/** What others wrote last in an hour is read in the next one, and, where the table was down as it ended, behind that. */
const readsLastHourForMs = 120_000;

/**
 * Each instance overwrites only its own rows and reads those of the others, so that no two ever write the same one.
 * Nothing of it is on a hook's way.
 */
export function createExchange({ counts, table, instance, tellsPeople }: ExchangeSettings): Exchange {
  /** By hour and instance: what it told last, of the hours that may still change. */
  const told = new Map<string, HourCounts>();
  /** What stands in the table of our own, by partition and row. */
  const written = new Map<string, string>();
  /** The hour from which on others may have told more than was read: at first, and after the table was down, an earlier one. */
  let from = 0;
  let sweptAt: number | undefined;
  let dueAt = -Infinity;
  let doneAt: number | undefined;
  let resumedAt = -Infinity;

  async function put(row: GuardRow): Promise<void> {
    const key = `${row.partition} ${row.row}`;
    if (written.get(key) === row.counts) return;
    await table.put(row);
    written.set(key, row.counts);
  }

  async function tellHour(hour: number): Promise<void> {
    const partition = partitionOf(hour);
    const texts = textsOf(hourOf(counts, hour, tellsPeople()));
    const isWritten = (part: number) => written.has(`${partition} ${instance}-${part}`);
    if (texts.length === 1 && texts[0] === "{}" && !isWritten(0)) return;
    // Of parts that are not needed any more nothing may be left to be counted.
    while (isWritten(texts.length)) texts.push("{}");
    for (const [part, text] of texts.entries()) await put({ partition, row: `${instance}-${part}`, counts: text });
  }

  async function tellDays(): Promise<void> {
    for (const { day, counts: sums } of counts.days.own())
      await put({ partition: verified, row: `${day}-${instance}`, counts: JSON.stringify(sums) });
  }

  async function readHour(hour: number): Promise<void> {
    const byInstance = new Map<string, string[]>();
    for (const { row, counts: text } of await table.read(partitionOf(hour))) {
      const source = row.split("-")[0] ?? "";
      if (source !== instance) byInstance.set(source, [...(byInstance.get(source) ?? []), text]);
    }
    for (const [source, texts] of byInstance) {
      const key = `${partitionOf(hour)} ${source}`;
      const now = countsIn(texts);
      merge(counts, hour, told.get(key) ?? new Map<string, number[]>(), now);
      told.set(key, now);
      // Thousands of keys take milliseconds, and a new instance reads those of a whole day.
      await hooksTurn();
    }
  }

  async function readDays(): Promise<void> {
    for (const { row, counts: text } of await table.read(verified)) {
      const [day, source] = [row.slice(0, 10), row.slice(11)];
      const sums = Object.entries(objectIn(text)).filter((entry): entry is [string, number] =>
        Number.isSafeInteger(entry[1]),
      );
      if (source !== instance) counts.days.merge(source, day, Object.fromEntries(sums));
    }
  }

  function forgetBefore(hour: number): void {
    for (const map of [told, written])
      for (const key of map.keys()) if (!key.startsWith(verified) && key < partitionOf(hour)) map.delete(key);
  }

  return {
    async run(now) {
      const hour = hourOfTime(now);
      // Where the clock was set back, not even the time at which it is due is known.
      if (now < dueAt && dueAt <= now + usuallyEveryMs) return;
      dueAt = now + usuallyEveryMs;
      const hourly = sweptAt !== hour;
      // Of the days, the one that has just ended is whole only now.
      if (hourly) await readDays();
      from = Math.max(from, hour - hoursRead * hourMs);
      for (let one = from; one <= hour; one += hourMs) {
        from = one;
        await tellHour(one);
        await readHour(one);
        // There is no room for what all told in a day. The hour before stays: a clock that is set back must count none twice.
        forgetBefore(one - hourMs);
      }
      await tellDays();
      if (doneAt !== undefined && now - doneAt > readsLastHourForMs) resumedAt = now;
      from = now - Math.max(hour, resumedAt) < readsLastHourForMs ? hour - hourMs : hour;
      doneAt = now;
      const days = { partition: verified, row: dayOf(now - daysRead * 24 * hourMs) };
      if (hourly) await table.sweep(partitionOf(hour - hoursRead * hourMs), days);
      sweptAt = hour;
    },
    hasten() {
      dueAt = -Infinity;
    },
    ageMs: (now) => (doneAt === undefined ? undefined : now - doneAt),
  };
}

function hourOfTime(now: number): number {
  return Math.floor(now / hourMs) * hourMs;
}

/** `2026-11-25T09`, of UTC. */
function partitionOf(hour: number): string {
  return new Date(hour).toISOString().slice(0, 13);
}
