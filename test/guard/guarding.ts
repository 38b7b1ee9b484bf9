import { createGuard, type Guard } from "../../src/guard/guard.ts";
import type { CountryNumbers, GuardedCode, GuardSettings } from "../../src/guard/guarded-code.ts";
import { startingNumbers } from "../../tools/guard/starting-numbers.ts";

export const minutes = (count: number) => count * 60_000;
export const hours = (count: number) => minutes(60 * count);
export const start = Date.parse("2030-01-15T09:00:00Z");

/** The limits that a country has by default. */
export const given: CountryNumbers = startingNumbers;

/** Creates a guard. By default, every country has numbers, and events are matched to codes. */
export function guardWith(settings: Partial<GuardSettings> = {}, joined = true): Guard {
  const countryLimits = new Map([["*", given]]);
  const none = { countryBudget: new Map<string, number>(), hasAllowList: false };
  return createGuard({ countryLimits, ...none, ...settings }, () => joined);
}
/** Settings without country numbers. Only the limits of people refuse codes. */
export const withoutNumbers = { countryLimits: new Map<string, CountryNumbers>() };

let people = 0;

/** Creates a code for a new person. */
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

/** Judges up to `count` codes. Returns how many pass before the first one is refused. */
export function passed(
  guard: Guard,
  count: number,
  next: (index: number) => GuardedCode,
  at = start,
): number {
  for (let index = 0; index < count; index++)
    if (guard.judge(next(index), at).refused?.enforced) return index;
  return count;
}

/** Reports a code as used. By default, Okta's event is on time. */
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
