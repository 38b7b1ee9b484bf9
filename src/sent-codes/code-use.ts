import { LRUCache } from "lru-cache";
import type { Channel } from "../rules/channels.ts";
import type { CodeKind } from "../rules/code-request.ts";
import { isUsed, type CodeRow, type UsedRow } from "./code-table.ts";

/** A used code, as Okta reports it. */
export interface CodeUse {
  readonly oktaUserId: string;
  readonly oktaEventId: string;
  readonly channel: Channel;
  /** The kinds that the code may have. */
  readonly codeKinds: readonly CodeKind[];
  readonly at: Date;
}

/** Okta's codes expire after 5 minutes. A code that is used later than this is not one of ours. */
export const usableForMs = 15 * 60_000;
/** A use more than this before a code's `sentAt` is a late report about the previous code. */
const clockToleranceMs = 5_000;
/** The longest time between Okta's two events about one enrollment. Usually it is 0. */
const pairedWithinMs = 10_000;

/**
 * Returns the row of the newest code that the person can have used at that time. If this use has
 * already been recorded, returns the row that records it.
 */
export function rowFor(use: CodeUse, rows: readonly CodeRow[]): CodeRow | undefined {
  return rows
    .filter((row) => isOfKind(row, use) && couldBeUsed(row, use.at))
    .toSorted((one, two) => two.sentAt.getTime() - one.sentAt.getTime())
    .find((row) => !isUsed(row) || row.usedBy === use.oktaEventId || isPaired(row, use));
}

/** @param row The row of a code that was used before. Undefined if no code was found. */
export function foundNone(row: UsedRow | undefined, use: CodeUse) {
  return { join: row !== undefined && isPaired(row, use) ? "paired" : "none" } as const;
}

function isOfKind({ kind, channel }: CodeRow, use: CodeUse): boolean {
  return use.codeKinds.includes(kind) && (kind === "enrollment" || channel === use.channel);
}

function couldBeUsed({ sentAt }: CodeRow, usedAt: Date): boolean {
  const afterMs = usedAt.getTime() - sentAt.getTime();
  return afterMs >= -clockToleranceMs && afterMs <= usableForMs;
}

function isPaired({ kind, usedBy, usedAt }: UsedRow, use: CodeUse): boolean {
  return kind === "enrollment" && arePair({ oktaEventId: usedBy, at: usedAt }, use);
}

type EnrollmentEvent = Pick<CodeUse, "oktaEventId" | "at">;

/**
 * Okta reports one enrollment of a phone with two events, because it enrolls the phone for SMS and
 * for calls at once. The events do not say by which channel the code came.
 * https://support.okta.com/help/s/article/duplicated-user-mfa-factor-activate-events-for-sms-and-voice-enrollment-in-oie
 */
function arePair(one: EnrollmentEvent, two: EnrollmentEvent): boolean {
  const apartMs = Math.abs(one.at.getTime() - two.at.getTime());
  return one.oktaEventId !== two.oktaEventId && apartMs <= pairedWithinMs;
}

/** Returns whether this instance has seen the enrollment's other event. */
export function createEnrollmentPairs() {
  // Enough for everyone who enrolls in the seconds between the two events.
  const seen = new LRUCache<string, EnrollmentEvent>({ max: 1_000 });
  return ({ oktaUserId, ...event }: EnrollmentEvent & Pick<CodeUse, "oktaUserId">): boolean => {
    const before = seen.get(oktaUserId);
    if (before !== undefined && arePair(before, event)) return true;
    seen.set(oktaUserId, event);
    return false;
  };
}
