import type { Channel } from "../delivery/channels.ts";
import type { CodeKind } from "../delivery/otp-delivery.ts";
import { isUsed, type CodeRow, type SentCode, type UsedCode } from "./code-table.ts";
import { arePair } from "./enrollment-pair.ts";

/** That somebody used a code, as Okta reports it. */
export interface CodeUse {
  readonly oktaUserId: string;
  readonly oktaEventId: string;
  readonly channel: Channel;
  /** The kinds of codes that can have been used. */
  readonly kinds: readonly CodeKind[];
  readonly at: Date;
}

/** What became of the search for the code that somebody used. */
export type Found =
  | { readonly join: "joined"; readonly code: SentCode }
  /** `none`: no such code is known. `failed`: the table did not say. `paired`: Okta's other event of it has been here. */
  | { readonly join: "none" | "failed" | "paired" };

/** Okta's codes are good for 5 minutes. What is used later than this was another code, which others sent. */
export const usableForMs = 15 * 60_000;
/** Okta's clock and ours differ by little. What was used earlier than this was the code before it, reported late. */
const clockToleranceMs = 5_000;

/** The newest of a person's codes that this can be the use of, or what is left of the one that it was the use of. */
export function rowFor(use: CodeUse, rows: readonly CodeRow[]): CodeRow | undefined {
  return rows
    .filter((row) => isOfKind(row, use) && couldBeUsed(row, use.at))
    .toSorted((one, two) => two.sentAt.getTime() - one.sentAt.getTime())
    .find((row) => !isUsed(row) || row.usedBy === use.oktaEventId || isOther(row, use));
}

export function usedCode({ oktaUserId, channel, kind, sentAt }: SentCode, { at, oktaEventId }: CodeUse): UsedCode {
  return { oktaUserId, channel, kind, sentAt, usedAt: at, usedBy: oktaEventId };
}

/** Where there is no row, or only what is left of one. */
export function foundNone(row: UsedCode | undefined, use: CodeUse): Found {
  return { join: row !== undefined && isOther(row, use) ? "paired" : "none" };
}

function isOfKind({ kind, channel }: CodeRow, use: CodeUse): boolean {
  return use.kinds.includes(kind) && (kind === "enrollment" || channel === use.channel);
}

function couldBeUsed({ sentAt }: CodeRow, usedAt: Date): boolean {
  const afterMs = usedAt.getTime() - sentAt.getTime();
  return afterMs >= -clockToleranceMs && afterMs <= usableForMs;
}

/** It was used by the other event of one enrollment. */
function isOther({ kind, usedBy, usedAt }: UsedCode, use: CodeUse): boolean {
  return kind === "enrollment" && arePair({ oktaEventId: usedBy, at: usedAt }, use);
}
