import { createGuard, type Guard } from "../../src/guard/guard.ts";
import type { CountryNumbers, GuardedCode, GuardSettings } from "../../src/guard/guarded-code.ts";
import { startingNumbers } from "../../src/guard/rows.ts";

export const minutes = (count: number) => count * 60_000;
export const hours = (count: number) => minutes(60 * count);
/** A Tuesday. */
export const start = Date.parse("2030-01-15T09:00:00Z");

/** The numbers to start from, for every country. */
export const given: CountryNumbers = startingNumbers;

/** By default with numbers for every country, and events that are joined with codes. */
export function guardWith(settings: Partial<GuardSettings> = {}, joined = true): Guard {
  const countryLimits = new Map([["*", given]]);
  const none = { countryBudget: new Map<string, number>(), hasAllowList: false };
  return createGuard({ countryLimits, ...none, ...settings }, () => joined);
}
/** No country has numbers, so that only people's limits hold. */
export const withoutNumbers = { countryLimits: new Map<string, CountryNumbers>() };

let people = 0;

/** Of somebody new. */
export function code(kind: GuardedCode["kind"], changes: Partial<GuardedCode> = {}): GuardedCode {
  const person = String(++people);
  const where = { country: "GB", knownRange: undefined, exempt: false, allowed: false };
  return {
    kind,
    channel: "sms",
    phoneKey: `phone ${person}`,
    userKey: `user ${person}`,
    ...where,
    ...changes,
  };
}

/**
 * How many of so many codes, by default of somebody new each, go through before the first that a
 * row that holds refuses.
 */
export function sentOf(
  guard: Guard,
  count: number,
  next: (index: number) => GuardedCode,
  at = start,
): number {
  for (let index = 0; index < count; index++)
    if (guard.judge(next(index), at).refused?.enforced) return index;
  return count;
}

/** The code is used, and Okta's event comes at once unless it is late. */
export function use(
  guard: Guard,
  used: GuardedCode,
  { at = start, lateMs = 0, counted = true } = {},
): void {
  const { userKey = "", ...facts } = used;
  guard.used({ ...facts, userKey, counted, publishedAt: at - lateMs }, at);
}

export function sendAndUse(guard: Guard, sent: GuardedCode): void {
  const { refused } = guard.judge(sent, start);
  use(guard, sent, { counted: !refused?.enforced });
}

export const times = <T>(count: number, create: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => create(index));
