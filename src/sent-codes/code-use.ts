import type { Channel } from "../delivery/channels.ts";
import type { CodeKind } from "../delivery/otp-delivery.ts";
import { isUsed, type CodeRow, type SentCode, type UsedRow } from "./code-table.ts";
import { arePair } from "./repeats.ts";

/** The use of a code, as Okta reports it. */
export interface CodeUse {
  readonly oktaUserId: string;
  readonly oktaEventId: string;
  readonly channel: Channel;
  /** Which can have been used. */
  readonly codeKinds: readonly CodeKind[];
  readonly at: Date;
}

/** What became of the search for the code that somebody used. */
export type Found =
  | { readonly join: "joined"; readonly code: SentCode }
  /**
   * `none`: no such code is known. `failed`: the table did not say. `paired`: Okta's other event on
   * the same enrollment came before.
   */
  | { readonly join: "none" | "failed" | "paired" };

/**
 * Okta's codes are good for 5 minutes. What is used later than this was another code, which others
 * sent.
 */
export const usableForMs = 15 * 60_000;
/**
 * Okta's clock and ours differ by little. What was used earlier than this was the code before it,
 * reported late.
 */
const clockToleranceMs = 5_000;

/**
 * The newest of a person's codes that can have been used then; or the row of the one that was, if
 * it is marked already.
 */
export function rowFor(use: CodeUse, rows: readonly CodeRow[]): CodeRow | undefined {
  return rows
    .filter((row) => isOfKind(row, use) && couldBeUsed(row, use.at))
    .toSorted((one, two) => two.sentAt.getTime() - one.sentAt.getTime())
    .find((row) => !isUsed(row) || row.usedBy === use.oktaEventId || isOther(row, use));
}

export function usedRow(
  { oktaUserId, channel, kind, sentAt }: SentCode,
  { at, oktaEventId }: CodeUse,
): UsedRow {
  return { oktaUserId, channel, kind, sentAt, usedAt: at, usedBy: oktaEventId };
}

/** For no row, or one of a code that was used before. */
export function foundNone(row: UsedRow | undefined, use: CodeUse): Found {
  return { join: row !== undefined && isOther(row, use) ? "paired" : "none" };
}

function isOfKind({ kind, channel }: CodeRow, use: CodeUse): boolean {
  return use.codeKinds.includes(kind) && (kind === "enrollment" || channel === use.channel);
}

function couldBeUsed({ sentAt }: CodeRow, usedAt: Date): boolean {
  const afterMs = usedAt.getTime() - sentAt.getTime();
  return afterMs >= -clockToleranceMs && afterMs <= usableForMs;
}

/** Whether the other event of the same enrollment has marked it. */
function isOther({ kind, usedBy, usedAt }: UsedRow, use: CodeUse): boolean {
  return kind === "enrollment" && arePair({ oktaEventId: usedBy, at: usedAt }, use);
}
