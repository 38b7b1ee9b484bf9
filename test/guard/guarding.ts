import { createCounts, type SharedCounts } from "../../src/guard/counts.ts";
import { createExchange, type Exchange, type GuardRow, type GuardTable } from "../../src/guard/exchange.ts";
import type { GuardSettings } from "../../src/guard/guard-settings.ts";
import { createGuard, type Guard, type GuardedCode } from "../../src/guard/guard.ts";
import { defaultSettings } from "../../lab/guard/chosen-settings.ts";

export const minutes = (count: number) => count * 60_000;
export const hours = (count: number) => minutes(60 * count);
export const start = Date.parse("2030-01-15T09:00:00Z");

const few = { keys: 2_000, entries: 20_000 };

export interface Instance {
  readonly guard: Guard;
  readonly counts: SharedCounts;
  readonly exchange: Exchange;
}

export function createInstance(
  table: GuardTable,
  name: string,
  settings: Partial<GuardSettings> = {},
  tellsPeople = true,
): Instance {
  const counts = createCounts({ own: few, others: few }, { own: few, others: few });
  const exchange = createExchange({ counts, table, instance: name, tellsPeople: () => tellsPeople });
  const guard = createGuard({ ...defaultSettings, ...settings }, counts, () => {
    exchange.hasten();
  });
  return { guard, counts, exchange };
}

/** The table, as far as the exchange sees it; it can be down. */
export function createTable() {
  const rows = new Map<string, GuardRow>();
  const state = { down: false, puts: 0 };
  const call = async <T>(act: () => T): Promise<T> => {
    await Promise.resolve();
    if (state.down) throw new Error("down");
    return act();
  };
  const table: GuardTable = {
    put: (row) =>
      call(() => {
        state.puts += 1;
        rows.set(`${row.partition} ${row.row}`, row);
      }),
    read: (partition) => call(() => [...rows.values()].filter((row) => row.partition === partition)),
    sweep: (before, days) =>
      call(() => {
        for (const [key, { partition, row }] of rows)
          if (partition === days.partition ? row < days.row : partition < before) rows.delete(key);
      }),
  };
  return { table, rows, state };
}

export function alone(settings: Partial<GuardSettings> = {}): Guard {
  return createInstance(createTable().table, "alone", settings).guard;
}

let people = 0;

/** An enrolment of somebody new, in one range. */
export function code(changes: Partial<GuardedCode> = {}): GuardedCode {
  const person = ++people;
  return {
    phoneKey: `phone-${person}`,
    userKey: `user-${person}`,
    range: "+44770090",
    country: "GB",
    requestType: "enrolment",
    ...changes,
  };
}

export const signIn = (changes: Partial<GuardedCode> = {}) =>
  code({ requestType: "other", range: "+1202555", country: "US", ...changes });

/** 20 sign-in codes that were used. */
export function feedOutcomes(guard: Guard, now: number): void {
  for (let index = 0; index < 20; index++) {
    guard.judge(signIn(), now);
    guard.verified({ range: "+1202555", country: "US", requestType: "other" }, now);
  }
}
