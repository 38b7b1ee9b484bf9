import { compare, isNear, isOver, type Comparison } from "./comparison.ts";
import { sumOf, unusedOf, within, type Window } from "./counts.ts";
import type { GuardSettings } from "./guard-settings.ts";
import { groupOf, personOf, type GuardedCode, type UsedCode } from "./guarded-code.ts";
import type { GuardMemory } from "./memory.ts";
import { placeKeys } from "./places.ts";
import { countUse, takeBackUse } from "./uses.ts";
import { compareUnfinished } from "./unfinished.ts";
import { compareUnplanned, isUnplanned } from "./unplanned.ts";
import { anywhere } from "./usual-traffic.ts";
import { compareBudget, compareVolume } from "./volume.ts";

/** 48 bits: enough to tell apart the people of one range. */
const personLength = 8;

/** Times are in milliseconds since 1970. */
export interface Guard {
  judge(code: GuardedCode, now: number): Judgment;
  used(code: UsedCode, now: number): void;
  /** Whether Okta's events can be believed, so that an unused code means something. */
  eventsBelieved(now: number): boolean;
}

/** Refused: the rule, with its count and limit. Let through: the code counts, until it is taken back or used. */
export type Judgment =
  | { readonly refused: Comparison }
  | { readonly refused?: never; /** 8x8 did not take it. */ readonly takeBack: () => void };

/**
 * Depends on memory, time and settings alone. Nothing is remembered as blocked, so every refusal ends by itself.
 * @param near Called where a limit is near, so that counts should be exchanged soon.
 */
export function createGuard(settings: GuardSettings, memory: GuardMemory, near: () => void): Guard {
  const { people, places, usual, regulars, evidence } = memory;
  const { countryBudget, numberEnrollments, userCodes } = settings;

  function isExempt({ range }: Pick<GuardedCode, "range">): boolean {
    return settings.exemptRanges.some((beginning) => range.startsWith(beginning) || isWithin(range, beginning));
  }

  /** The order decides the reason, and with it the answer to Okta: strong evidence of abuse comes first. */
  function compareAll(code: GuardedCode, unplanned: boolean, now: number): Comparison[] {
    const believed = evidence.believed(now);
    const budget = countryBudget.get(code.country) ?? countryBudget.get("*");
    return [
      ...(believed && code.kind === "enrollment" ? compareUnfinished(code, settings, memory, now) : []),
      ...(unplanned ? compareUnplanned(code, memory, now) : []),
      ...comparePerson(code, now),
      ...compareVolume(code, budget, believed, memory, now),
      ...compareBudget(code, budget, memory, now),
    ];
  }

  function comparePerson(code: GuardedCode, now: number): Comparison[] {
    if (code.kind === "unknown") return [];
    const tallies = (window: Window) => within(people, personOf(code), window, now);
    const [reason, limits] =
      code.kind === "enrollment"
        ? (["number-limit", numberEnrollments] as const)
        : (["user-limit", userCodes] as const);
    return compare(reason, limits, tallies, {
      hour: (hour) => unusedOf(hour) + 1,
      day: (day) => sumOf(day, "sent") + 1,
    });
  }

  function count(code: GuardedCode, unplanned: boolean, now: number, by: 1 | -1): void {
    const { kind, range, country } = code;
    if (isExempt(code)) {
      places.add(placeKeys.exempt(country), now, "sent", by);
      return;
    }
    const ofCountry = placeKeys.ofGroup(groupOf(kind), country);
    people.add(personOf(code), now, "sent", by);
    places.add(ofCountry, now, "sent", by);
    for (const key of [ofCountry, ...anywhere]) usual.counts.add(key, now, "sent", by);
    if (kind === "enrollment") places.add(placeKeys.enrollments(range), now, "sent", by);
    if (unplanned) places.add(placeKeys.unplanned, now, "sent", by);
  }

  return {
    judge(code, now) {
      const { kind, range, country } = code;
      const unplanned = kind === "enrollment" && isUnplanned(code, countryBudget.has(country), memory, now);
      const compared = isExempt(code) ? [] : compareAll(code, unplanned, now);
      if (compared.some(isNear)) near();
      const refused = compared.find(isOver);
      if (refused === undefined) {
        count(code, unplanned, now, 1);
        if (kind === "sign-in") evidence.askedFor(personOf(code), now);
        return {
          takeBack() {
            count(code, unplanned, now, -1);
            if (kind === "sign-in") evidence.takeBack(personOf(code), now);
            if (!isExempt(code)) takeBackUse(code, now, memory);
          },
        };
      }
      if (refused.reason === "range-unfinished") places.add(placeKeys.enrollments(range), now, "refused");
      if (refused.reason === "country-unfinished") places.add(placeKeys.enrollments(country), now, "refused");
      return { refused };
    },
    used(code, now) {
      if (code.kind === "sign-in") evidence.used(code.publishedAt, now);
      const person = (code.userKey ?? code.phoneKey).slice(0, personLength);
      for (const place of [code.range, code.country]) regulars.add(place, person, now);
      if (!isExempt(code)) countUse(code, memory);
    },
    eventsBelieved: (now) => evidence.believed(now),
  };
}

/** A part of the range, or one of its numbers. */
function isWithin(range: string, written: string): boolean {
  return written.startsWith(range) && written.length <= range.length + 4;
}
