import type { GuardTable } from "./guard-table.ts";
import { createJournals, hoursInDay, slotsInHour } from "./journals.ts";
import { createMemory, type GuardMemory } from "./memory.ts";
import { dayOf, daysKept } from "./regulars.ts";
import { mergeCounts, mergeEvidence, mergePeople } from "./row.ts";
import { createRows } from "./rows.ts";

export type { GuardRow, GuardTable } from "./guard-table.ts";

export interface Exchange {
  /** What this instance counts, and what the others have reported. */
  readonly memory: GuardMemory;
  /** Reports what was counted here, where that is due, and reads what others report. Rejects where the table fails. */
  run(now: number): Promise<void>;
  /** A limit is near, or the instance stops: the next run is due, whenever it comes. */
  hasten(): void;
  /** How long ago the last one was; undefined before the first. */
  ageMs(now: number): number | undefined;
}

interface ExchangeSettings {
  readonly table: GuardTable;
  /** Unique, of letters and digits. */
  readonly instance: string;
  /** People are reported only where all instances have one key for their hashes. */
  readonly reportsPeople: () => boolean;
}

/** How often `run` is to be called. It does something every third time, or each time while a limit is near. */
export const runEveryMs = 5_000;
const usuallyEveryMs = 15_000;
const hourMs = 3_600_000;
const dayMs = hoursInDay * hourMs;
/** Hours are partitions too, and stand before these. */
const [days, feed] = ["days", "feed"];
/** What others wrote last in an hour is read in the next one, and, where the table was down as it ended, behind that. */
const readsLastHourForMs = 120_000;

/**
 * Each instance overwrites only its own rows and reads those of the others, so that no two ever write the same one. What was counted
 * since the hour began stands in that hour's rows, whenever the code itself was sent. Nothing of it is on a hook's way.
 */
export function createExchange({ table, instance, reportsPeople }: ExchangeSettings): Exchange {
  const journals = createJournals();
  const memory = createMemory(journals.onCounted, reportsPeople);
  const rows = createRows(table, instance);
  /** The hour from which on others may have reported more than was read: at first, and after the table was down, an earlier one. */
  let from = 0;
  /** What stood in the rows of earlier hours is not known any more. Only a clock that is set back comes to them again. */
  let forgottenBefore = 0;
  let sweptAt: number | undefined;
  let dueAt = -Infinity;
  let doneAt: number | undefined;
  let resumedAt = -Infinity;

  async function exchangeHour(hour: number): Promise<void> {
    if (hour < forgottenBefore) return;
    const people = reportsPeople() ? journals.people.entriesOf(hour) : [];
    await rows.put(partitionOf(hour), instance, [...people, ...journals.places.entriesOf(hour)]);
    await rows.read(partitionOf(hour), ({ counts }, before) => {
      mergeCounts({ p: memory.people, c: memory.places }, hour * slotsInHour, before, counts);
    });
  }

  async function reportDays(now: number): Promise<void> {
    for (const at of [now - dayMs, now]) {
      await rows.put(days, `${dayOf(at)}-${instance}-usual`, journals.usual.entriesOf(Math.floor(at / dayMs)));
      if (reportsPeople()) await rows.put(days, `${dayOf(at)}-${instance}-people`, memory.regulars.own(dayOf(at)));
    }
  }

  async function readDays(): Promise<void> {
    await rows.read(days, ({ row, counts }, before) => {
      const day = row.slice(0, 10);
      if (row.includes("-usual-"))
        mergeCounts({ u: memory.usual.counts }, (Date.parse(day) / dayMs) * hoursInDay, before, counts);
      else mergePeople(memory.regulars, day, counts);
    });
  }

  async function exchangeFeed(now: number): Promise<void> {
    const { outcomes, asked } = memory.evidence.own();
    const properties = [
      ["outcomes", outcomes],
      ["asked", reportsPeople() ? asked : []],
    ] as const;
    if (outcomes.length + asked.length > 0) await rows.put(feed, `${dayOf(now)}-${instance}`, properties);
    await rows.read(feed, ({ row, counts }) => {
      mergeEvidence(memory.evidence, row.split("-")[3] ?? "", counts);
    });
  }

  function forgetBefore(hour: number): void {
    forgottenBefore = Math.max(forgottenBefore, hour);
    journals.forgetBefore(hour);
    rows.forget((partition, row) =>
      partition === days || partition === feed ? row < oldestDay(hour * hourMs) : partition < partitionOf(hour),
    );
  }

  return {
    memory,
    async run(now) {
      const hour = Math.floor(now / hourMs);
      // Where the clock was set back, not even the time at which it is due is known.
      if (now < dueAt && dueAt <= now + usuallyEveryMs) return;
      dueAt = now + usuallyEveryMs;
      const isNewHour = sweptAt !== hour;
      journals.startHour(hour);
      // Of the days, the one that has just ended is whole only now.
      if (isNewHour) await readDays();
      from = Math.max(from, hour - hoursInDay);
      for (let one = from; one <= hour; one++) {
        from = one;
        await exchangeHour(one);
        // There is no room for what all reported in a day. The hour before stays: a clock that is set back must count none twice.
        forgetBefore(one - 1);
      }
      await exchangeFeed(now);
      await reportDays(now);
      if (doneAt !== undefined && now - doneAt > readsLastHourForMs) resumedAt = now;
      from = now - Math.max(hour * hourMs, resumedAt) < readsLastHourForMs ? hour - 1 : hour;
      doneAt = now;
      if (isNewHour) await table.sweep(partitionOf(hour - hoursInDay), [days, feed], oldestDay(now));
      sweptAt = hour;
    },
    hasten() {
      dueAt = -Infinity;
    },
    ageMs: (now) => (doneAt === undefined ? undefined : now - doneAt),
  };
}

/** `2026-11-25T09`, of UTC. */
function partitionOf(hour: number): string {
  return new Date(hour * hourMs).toISOString().slice(0, 13);
}

function oldestDay(now: number): string {
  return dayOf(now - (daysKept + 1) * dayMs);
}
