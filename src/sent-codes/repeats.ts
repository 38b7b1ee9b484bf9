import { LRUCache } from "lru-cache";
import { rowOf, type CodeKey } from "./code-table.ts";

// What comes twice: Okta reports a use again, and one enrollment of a phone as two events.

/** More uses, and more people who enroll, than in the seconds and minutes between two reports. */
const remembered = { max: 1_000 };

/**
 * True for the first use of each code. Its row can look unused later: marking it failed, or it was
 * just being written.
 */
export function createFirstUse(): (code: CodeKey & { readonly sentAt: Date }) => boolean {
  const used = new LRUCache<string, true>(remembered);
  return ({ oktaUserId, sentAt, ...code }) => {
    const key = `${oktaUserId} ${rowOf(code)} ${sentAt.getTime()}`;
    if (used.has(key)) return false;
    used.set(key, true);
    return true;
  };
}

/** Okta's event that somebody has enrolled a phone. */
interface Enrollment {
  readonly oktaEventId: string;
  readonly at: Date;
}

/** The longest time between the two. Usually it is none. */
const apartMs = 10_000;

/**
 * One enrollment of a phone is two events of Okta's, since it is enrolled for SMS and for calls at
 * once; by which of them the code came they do not say.
 * https://support.okta.com/help/s/article/duplicated-user-mfa-factor-activate-events-for-sms-and-voice-enrollment-in-oie
 */
export function arePair(one: Enrollment, two: Enrollment): boolean {
  return (
    one.oktaEventId !== two.oktaEventId && Math.abs(one.at.getTime() - two.at.getTime()) <= apartMs
  );
}

/**
 * Says of each person's enrollment whether it is the second event of a pair whose first came to
 * this instance.
 */
export function createEnrollmentPairs(): (
  event: Enrollment & { readonly oktaUserId: string },
) => boolean {
  const seen = new LRUCache<string, Enrollment>(remembered);
  return ({ oktaUserId, ...event }) => {
    const before = seen.get(oktaUserId);
    if (before !== undefined && arePair(before, event)) return true;
    seen.set(oktaUserId, event);
    return false;
  };
}
