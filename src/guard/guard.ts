import type { Counts, Window } from "./counts.ts";
import type { GuardSettings } from "./guard-settings.ts";
import type { GuardedCode, VerifiedCode } from "./guarded-code.ts";
import { createJudgeCount, type GuardVerdict } from "./limits.ts";
import { createUnverified } from "./unverified.ts";

export type { GuardedCode, VerifiedCode } from "./guarded-code.ts";
export type { GuardVerdict } from "./limits.ts";

/** Times are in milliseconds since 1970. */
export interface Guard {
  /** Counts the code and judges it; undefined lets it through. Refused codes are counted too. */
  judge(code: GuardedCode, now: number): GuardVerdict | undefined;
  /** Told by Okta's events. */
  verified(code: VerifiedCode, now: number): void;
  /** Whether outcomes come in, so that what nobody verifies means something. */
  feedAlive(now: number): boolean;
}

/**
 * Pure over counts, time and settings: nothing is remembered as refused, so a refusal ends when its count does.
 * @param near A limit is near, so that counts should be exchanged soon.
 */
export function createGuard(settings: GuardSettings, counts: Counts, near = nobody): Guard {
  const judgeCount = createJudgeCount(near);
  const unverified = createUnverified(settings, counts, judgeCount);

  function isExempt({ range }: Pick<GuardedCode, "range">): boolean {
    return settings.exemptRanges.some((beginning) => range.startsWith(beginning) || isWithin(range, beginning));
  }

  /** Enrolments that are exempt say nothing of their country either. */
  function withoutExempt<Code extends VerifiedCode>(code: Code): Code {
    return code.requestType === "enrolment" && isExempt(code) ? { ...code, requestType: "unknown" } : code;
  }

  function judgePerson({ phoneKey, userKey, requestType }: GuardedCode, now: number): GuardVerdict | undefined {
    const codes = (key: string) => (window: Window) => counts.within("people", key, window, now);
    const verdict = judgeCount("number-limit", settings.numberCodes, codes(`number ${phoneKey}`));
    if (verdict !== undefined || userKey === undefined) return verdict;
    const numbers = (window: Window) => counts.different(userKey, window, now);
    return (
      judgeCount("user-limit", settings.userCodes, codes(`user ${userKey}`)) ??
      (requestType === "enrolment" ? judgeCount("user-numbers", settings.userNumbers, numbers) : undefined)
    );
  }

  function judgeBudget({ country }: GuardedCode, now: number): GuardVerdict | undefined {
    const day = settings.countryBudget.get(country) ?? settings.countryBudget.get("*");
    // With this one, as if it went out.
    const codes = (window: Window) => counts.within("places", `codes ${country}`, window, now) + 1;
    return judgeCount("country-budget", { day }, codes);
  }

  return {
    judge(code, now) {
      const { phoneKey, userKey, country, requestType } = code;
      counts.add("people", `number ${phoneKey}`, now);
      if (userKey !== undefined) counts.add("people", `user ${userKey}`, now);
      if (userKey !== undefined && requestType === "enrolment") counts.see(userKey, phoneKey, now);
      const verdict = isExempt(code)
        ? undefined
        : (judgePerson(code, now) ?? unverified.judge(code, now) ?? judgeBudget(code, now));
      // What does not go out costs nothing: no pump that is refused uses up a country's budget, nor does what is beyond it.
      if (verdict === undefined) counts.add("places", `codes ${country}`, now);
      unverified.count(withoutExempt(code), verdict?.reason, now);
      return verdict;
    },
    verified(code, now) {
      unverified.verified(withoutExempt(code), now);
    },
    feedAlive: (now) => unverified.feedAlive(now),
  };
}

/** A part of the range, or one of its numbers. */
function isWithin(range: string, written: string): boolean {
  return written.startsWith(range) && written.length <= range.length + 4;
}

function nobody(): void {
  // Counts are not exchanged.
}
