import type { Channel } from "../rules/channels.ts";
import type { CodeKind } from "../rules/code-request.ts";
import type { Country } from "../rules/phone-number.ts";

/** Facts about a person's last unused code of a kind, without the code and the number. */
export interface SentCode {
  readonly oktaUserId: string;
  /** The channel that Okta asked for. Okta's event names it when the code is used. */
  readonly channel: Channel;
  readonly kind: CodeKind;
  readonly sentAt: Date;
  readonly eventId: string | undefined;
  /** The channel by which 8x8 accepted the code. Undefined if 8x8 did not accept it. */
  readonly sentBy?: Channel | undefined;
  /** 8x8's id. Undefined if 8x8 did not accept the code. */
  readonly providerId: string | undefined;
  readonly requestType: string | undefined;
  readonly country: Country | undefined;
  /** Without `+`. */
  readonly callingCode: string;
  /** The number without its last four digits. */
  readonly range: string;
  /** Keyed hash of the number. Undefined if the guard is off or the number is exempt. */
  readonly phoneKey: string | undefined;
  /** When the guard counted the code. Undefined if it was refused or cannot have been sent. */
  readonly countedAt: Date | undefined;
}

/** A used code. Its row stays, to recognize Okta's second event of one enrollment. */
export interface UsedRow extends Pick<SentCode, "oktaUserId" | "channel" | "kind" | "sentAt"> {
  readonly usedAt: Date;
  /** The id of the event by which Okta reported the use. */
  readonly usedBy: string;
}

export type CodeRow = SentCode | UsedRow;

/**
 * Names the row within a person's rows. Okta's events of one enrollment name both channels, so
 * there is one row for the newest enrollment. Sign-in and recovery codes have a row for each
 * channel.
 */
export function rowOf({ kind, channel }: Pick<SentCode, "kind" | "channel">): string {
  return kind === "enrollment" ? kind : `${kind}-${channel}`;
}

export function isUsed(row: CodeRow): row is UsedRow {
  return "usedAt" in row;
}

/** A few rows for each person. Every call may throw, and may never settle. */
export interface CodeTable {
  /** Overwrites an older row. */
  put(row: CodeRow, signal: AbortSignal): Promise<void>;
  list(oktaUserId: string, signal: AbortSignal): Promise<readonly CodeRow[]>;
  /** Replaces the row of a code. Returns false if the row has changed since it was listed. */
  markUsed(code: SentCode, used: UsedRow, signal: AbortSignal): Promise<boolean>;
  /** Deletes rows of codes that were sent before that time. */
  sweep(before: Date, signal: AbortSignal): Promise<void>;
}

/** For a laptop. */
export function createInMemoryTable(): CodeTable {
  const rows = new Map<string, CodeRow>();
  const keyOf = (row: CodeRow) => `${row.oktaUserId} ${rowOf(row)}`;

  return {
    put(row) {
      rows.set(keyOf(row), row);
      return Promise.resolve();
    },
    list: (oktaUserId) =>
      Promise.resolve([...rows.values()].filter((row) => row.oktaUserId === oktaUserId)),
    markUsed(code, used) {
      if (rows.get(keyOf(code)) !== code) return Promise.resolve(false);
      rows.set(keyOf(code), used);
      return Promise.resolve(true);
    },
    sweep(before) {
      for (const [key, { sentAt }] of [...rows]) if (sentAt < before) rows.delete(key);
      return Promise.resolve();
    },
  };
}
