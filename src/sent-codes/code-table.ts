import type { Channel } from "../delivery/channels.ts";
import type { CodeKind } from "../delivery/otp-delivery.ts";
import type { Country } from "../delivery/phone-number.ts";

/** What is kept of the last code of a kind that Okta asked for, for a person, until it is used: neither code nor number. */
export interface SentCode {
  readonly oktaUserId: string;
  readonly channel: Channel;
  readonly kind: CodeKind;
  readonly sentAt: Date;
  /** Okta's id of the hook. */
  readonly eventId: string | undefined;
  /** 8x8's id of the SMS or of the call. Undefined where it took none. */
  readonly providerId: string | undefined;
  readonly requestType: string | undefined;
  readonly country: Country | undefined;
  /** Without `+`. As the range, undefined in rows that an earlier version wrote. */
  readonly callingCode: string | undefined;
  /** The number less its last four digits. */
  readonly range: string | undefined;
}

/** What is left of a code that somebody used: so much that Okta's second event of one enrollment is known for what it is. */
export interface UsedCode extends Pick<SentCode, "oktaUserId" | "channel" | "kind" | "sentAt"> {
  readonly usedAt: Date;
  /** Okta's event of it. */
  readonly usedBy: string;
}

export type CodeRow = SentCode | UsedCode;
export type CodeKey = Pick<SentCode, "oktaUserId" | "channel" | "kind">;

/**
 * In which of a person's rows. Of enrollments the newest is kept, whichever its channel: Okta's events of one name both.
 * A sign-in code and one to recover an account may both be open beside it.
 */
export function rowOf({ kind, channel }: Pick<CodeKey, "kind" | "channel">): string {
  return kind === "enrollment" ? kind : `${kind}-${channel}`;
}

/** A few rows a person. Every call may throw, and may never settle. */
export interface CodeTable {
  /** Overwrites. */
  put(row: CodeRow, signal: AbortSignal): Promise<void>;
  /** All rows of a person. */
  list(oktaUserId: string, signal: AbortSignal): Promise<readonly CodeRow[]>;
  /** Leaves of a row that it was used. False where it is not the row that was listed any more. */
  markUsed(code: SentCode, used: UsedCode, signal: AbortSignal): Promise<boolean>;
  /** Removes what was sent before that time, or a part of it. */
  sweep(before: Date, signal: AbortSignal): Promise<void>;
}

export function isUsed(row: CodeRow): row is UsedCode {
  return "usedAt" in row;
}
