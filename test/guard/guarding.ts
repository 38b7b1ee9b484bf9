import { createExchange, type Exchange, type GuardRow, type GuardTable } from "../../src/guard/exchange.ts";
import type { GuardSettings } from "../../src/guard/guard-settings.ts";
import { createGuard, type Guard } from "../../src/guard/guard.ts";
import type { GuardedCode, UsedCode } from "../../src/guard/guarded-code.ts";
import { createMemory } from "../../src/guard/memory.ts";
import { defaultSettings } from "../../lab/guard/chosen-settings.ts";

export const minutes = (count: number) => count * 60_000;
export const hours = (count: number) => minutes(60 * count);
export const days = (count: number) => hours(24 * count);
/** A Tuesday. */
export const start = Date.parse("2030-01-15T09:00:00Z");

export interface Instance {
  readonly guard: Guard;
  readonly exchange: Exchange;
}

export function createInstance(
  table: GuardTable,
  name: string,
  settings: Partial<GuardSettings> = {},
  reportsPeople = true,
): Instance {
  const exchange = createExchange({ table, instance: name, reportsPeople: () => reportsPeople });
  const guard = createGuard({ ...defaultSettings, ...settings }, exchange.memory, () => {
    exchange.hasten();
  });
  return { guard, exchange };
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
    sweep: (before, inPartitions, beforeRow) =>
      call(() => {
        for (const [key, { partition, row }] of rows)
          if (partition < before || (inPartitions.includes(partition) && row < beforeRow)) rows.delete(key);
      }),
  };
  return { table, rows, state };
}

export function alone(settings: Partial<GuardSettings> = {}): Guard {
  return createGuard({ ...defaultSettings, ...settings }, createMemory(), () => undefined);
}

let people = 0;

/** An enrollment of somebody new, in one range of an allowed country. */
export function enrollment(changes: Partial<GuardedCode> = {}): GuardedCode {
  const person = String(++people).padStart(8, "0");
  return {
    kind: "enrollment",
    phoneKey: `${person}-phone`,
    userKey: `${person}-user`,
    range: "+44770090",
    country: "GB",
    countryAllowed: true,
    ...changes,
  };
}

export const signIn = (changes: Partial<GuardedCode> = {}) =>
  enrollment({ kind: "sign-in", range: "+1202555", country: "US", ...changes });

/** The code is used a minute after it was sent, and Okta's event arrives at once. */
export function use(guard: Guard, code: GuardedCode, askedAt: number, changes: Partial<UsedCode> = {}): void {
  const usedAt = askedAt + minutes(1);
  guard.used({ ...code, askedAt, counted: true, publishedAt: usedAt, ...changes }, changes.publishedAt ?? usedAt);
}

export function sendAndUse(guard: Guard, code: GuardedCode, askedAt: number): void {
  guard.judge(code, askedAt);
  use(guard, code, askedAt);
}

/** 20 sign-in codes that were used: from here on Okta's events are believed. */
export function beBelieved(guard: Guard, at: number): void {
  for (let count = 0; count < 20; count++) sendAndUse(guard, signIn(), at - minutes(2));
}

export const reasonOf = (guard: Guard, code: GuardedCode, at: number) => guard.judge(code, at).refused?.reason;

/** The reasons, of codes that come one each `everyMs`. */
export function reasonsOf(guard: Guard, codes: readonly GuardedCode[], everyMs = 30_000, from = start) {
  return codes.map((code, index) => reasonOf(guard, code, from + index * everyMs));
}

export const times = <T>(count: number, create: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => create(index));
export const passed = (count: number) => Array<undefined>(count).fill(undefined);
