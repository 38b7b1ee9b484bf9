import { LRUCache } from "lru-cache";
import type { Channel } from "../rules/channels.ts";
import type { CodeKind } from "../rules/code-request.ts";
import { isUsed, type CodeRow, type UsedRow } from "./code-table.ts";

export interface CodeUse {
  readonly oktaUserId: string;
  readonly oktaEventId: string;
  readonly channel: Channel;
  readonly codeKinds: readonly CodeKind[];
  readonly at: Date;
}

/** Okta's codes expire after 5 minutes, so a much later use is about another code. */
export const usableForMs = 15 * 60_000;
/** Okta's clock may be a little slow, so a use can seem to come before the sending. */
const clockToleranceMs = 5_000;
/** The longest time between Okta's two events about one enrollment. Usually it is 0. */
const pairedWithinMs = 10_000;

/** Returns the newest code that fits the use, or the row that already records the use. */
export function rowFor(use: CodeUse, rows: readonly CodeRow[]): CodeRow | undefined {
  return rows
    .filter((row) => isOfKind(row, use) && couldBeUsed(row, use.at))
    .toSorted((one, two) => two.sentAt.getTime() - one.sentAt.getTime())
    .find((row) => !isUsed(row) || row.usedBy === use.oktaEventId || isPaired(row, use));
}

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
 * Okta enrolls a phone for SMS and for calls at the same time, and sends one event for each.
 * https://support.okta.com/help/s/article/duplicated-user-mfa-factor-activate-events-for-sms-and-voice-enrollment-in-oie
 */
function arePair(one: EnrollmentEvent, two: EnrollmentEvent): boolean {
  const apartMs = Math.abs(one.at.getTime() - two.at.getTime());
  return one.oktaEventId !== two.oktaEventId && apartMs <= pairedWithinMs;
}

/** If an enrollment's first event has found its code, or no code, the second event is dropped. */
export function createEnrollmentPairs<Found extends { readonly join: string }>() {
  const firsts = new LRUCache<string, EnrollmentEvent & { readonly found: Promise<Found> }>({
    max: 1_000,
  });
  return async (
    { oktaUserId, oktaEventId, at }: Omit<CodeUse, "channel" | "codeKinds">,
    find: () => Promise<Found>,
  ): Promise<Found | { readonly join: "paired" }> => {
    const first = firsts.get(oktaUserId);
    if (first !== undefined && arePair(first, { oktaEventId, at }))
      if ((await first.found).join !== "failed") return { join: "paired" };
    const found = find();
    firsts.set(oktaUserId, { oktaEventId, at, found });
    return found;
  };
}
