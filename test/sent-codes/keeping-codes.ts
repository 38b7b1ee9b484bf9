import { startDeadline, systemClock } from "../../src/timing/clock.ts";
import {
  createInMemoryTable,
  rowOf,
  type CodeRow,
  type CodeTable,
  type SentCode,
} from "../../src/sent-codes/code-table.ts";
import type { CodeUse } from "../../src/sent-codes/code-use.ts";
import { createCodes } from "../../src/sent-codes/codes.ts";

export const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
export const minutes = (count: number) => count * 60_000;

export function sentCode(changes: Partial<SentCode> = {}): SentCode {
  return {
    oktaUserId: "00u1",
    channel: "sms",
    kind: "sign-in",
    sentAt: new Date(),
    eventId: "e1",
    providerId: undefined,
    requestType: undefined,
    country: undefined,
    callingCode: "1",
    phoneKey: "a hash",
    countedAt: undefined,
    ...changes,
  };
}

let events = 0;

export function codeUse(changes: Partial<CodeUse> = {}): CodeUse {
  const oktaEventId = `event-${String(++events)}`;
  return {
    oktaUserId: "00u1",
    oktaEventId,
    channel: "sms",
    codeKinds: ["sign-in", "unknown"],
    at: new Date(),
    ...changes,
  };
}

/** Keeps codes in memory. Each call of the table takes 10 ms, or has the fault `state.fault`. */
export function keepCodes() {
  const rows = createInMemoryTable();
  const state = {
    fault: undefined as "hang" | Error | undefined,
    calls: [] as (keyof CodeTable)[],
    running: 0,
    runningAtMost: 0,
    loads: 0,
    warnings: [] as string[],
  };
  async function call<T>(name: keyof CodeTable, act: () => Promise<T>): Promise<T> {
    state.calls.push(name);
    state.runningAtMost = Math.max(state.runningAtMost, ++state.running);
    try {
      if (state.fault === "hang") await new Promise(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (state.fault instanceof Error) throw state.fault;
      return await act();
    } finally {
      state.running -= 1;
    }
  }
  const codes = createCodes({
    clock: systemClock,
    load() {
      state.loads += 1;
      return {
        put: (code, signal) => call("put", () => rows.put(code, signal)),
        list: (oktaUserId, signal) => call("list", () => rows.list(oktaUserId, signal)),
        markUsed: (code, used, signal) => call("markUsed", () => rows.markUsed(code, used, signal)),
        sweep: (before, signal) => call("sweep", () => rows.sweep(before, signal)),
      };
    },
    warn: (message) => state.warnings.push(message),
  });
  const take = async (use: Partial<CodeUse> = {}, budgetMs = 2_500) => {
    const found = codes.take(codeUse(use), startDeadline(systemClock, budgetMs));
    await pass(100);
    return found;
  };
  const stored = async (key: Partial<SentCode> = {}): Promise<CodeRow | undefined> => {
    const wanted = sentCode(key);
    const all = await rows.list(wanted.oktaUserId, new AbortController().signal);
    return all.find((row) => rowOf(row) === rowOf(wanted));
  };
  return { codes, state, take, stored };
}
