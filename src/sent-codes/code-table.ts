import type { Channel } from "../delivery/channels.ts";
import type { Country } from "../delivery/phone-number.ts";

/** What is kept of the last code that Okta asked for, for a person by a channel, until it is used: neither code nor number. */
export interface SentCode {
  readonly oktaUserId: string;
  readonly channel: Channel;
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

export type CodeKey = Pick<SentCode, "oktaUserId" | "channel">;

/** One row a person and channel. Every call may throw, and may never settle. */
export interface CodeTable {
  /** Overwrites. */
  put(code: SentCode, signal: AbortSignal): Promise<void>;
  get(key: CodeKey, signal: AbortSignal): Promise<SentCode | undefined>;
  /** Removes the row, unless it holds another code by now. False where it was gone. */
  remove(code: SentCode, signal: AbortSignal): Promise<boolean>;
  /** Removes what was sent before that time, or a part of it. */
  sweep(before: Date, signal: AbortSignal): Promise<void>;
}
