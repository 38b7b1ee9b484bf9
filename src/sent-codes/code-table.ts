import type { Channel } from "../rules/channels.ts";
import type { CodeKind } from "../rules/code-request.ts";
import type { Country } from "../rules/phone-number.ts";

/** For each person, the app keeps the last code of each kind and channel. */
export interface SentCode {
  readonly oktaUserId: string;
  /** The channel that Okta asked for. Okta's event about an enrollment may name another channel. */
  readonly channel: Channel;
  readonly kind: CodeKind;
  readonly sentAt: Date;
  readonly eventId: string | undefined;
  readonly sentBy?: Channel | undefined;
  readonly providerId: string | undefined;
  readonly requestType: string | undefined;
  readonly country: Country | undefined;
  /** Empty if the number is impossible. */
  readonly callingCode: string;
  readonly phoneKey: string | undefined;
  /** Undefined if the code was refused or cannot have been sent. */
  readonly countedAt: Date | undefined;
}

/** Stays in the table, because Okta may send a second event about the same enrollment. */
export interface UsedRow extends Pick<SentCode, "oktaUserId" | "channel" | "kind" | "sentAt"> {
  readonly usedAt: Date;
  readonly usedBy: string;
}

export type CodeRow = SentCode | UsedRow;

/** Okta's two events about one enrollment name different channels, so both share a row. */
export function rowOf({ kind, channel }: Pick<SentCode, "kind" | "channel">): string {
  return kind === "enrollment" ? kind : `${kind}-${channel}`;
}

export function isUsed(row: CodeRow): row is UsedRow {
  return "usedAt" in row;
}

/** A few rows for each person. A call may reject, or may never settle. */
export interface CodeTable {
  put(row: CodeRow, signal: AbortSignal): Promise<void>;
  list(oktaUserId: string, signal: AbortSignal): Promise<readonly CodeRow[]>;
  /** Replaces the row of a code. Returns false if the row has changed since it was listed. */
  markUsed(code: SentCode, used: UsedRow, signal: AbortSignal): Promise<boolean>;
  sweep(before: Date, signal: AbortSignal): Promise<void>;
}

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
