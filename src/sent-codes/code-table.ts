import type { Delivered } from "../8x8/deliver.ts";
import type { Channel } from "../delivery/channels.ts";
import type { CodeKind, OtpDelivery } from "../delivery/otp-delivery.ts";
import { mayBeSent } from "../delivery/outcome.ts";
import type { Country, PhoneNumber } from "../delivery/phone-number.ts";

/**
 * What is kept of a person's last code of a kind until it is used. It holds neither the code nor
 * the number.
 */
export interface SentCode {
  readonly oktaUserId: string;
  readonly channel: Channel;
  readonly kind: CodeKind;
  readonly sentAt: Date;
  readonly eventId: string | undefined;
  /** 8x8's id of the SMS or of the call. Undefined where it took none. */
  readonly providerId: string | undefined;
  readonly requestType: string | undefined;
  readonly country: Country | undefined;
  /** Without `+`. */
  readonly callingCode: string;
  /** The number less its last four digits. */
  readonly range: string;
  /**
   * Keyed hash of the number, for the guard. As the next ones, undefined where the guard is off or
   * the number exempt.
   */
  readonly phoneKey: string | undefined;
  /** That of GUARD_KNOWN_RANGES with which the number begins. */
  readonly knownRange?: string | undefined;
  /** When the guard counted it; undefined where it refused it, or 8x8 did not take it. */
  readonly countedAt: Date | undefined;
}

/**
 * What is kept of a code, if Okta named its person. A code that 8x8 did not take is kept too,
 * without 8x8's id: Okta sends it itself, and its use would count as that of the code before.
 */
export function sentCodeOf(
  { oktaUserId, channel, kind, eventId, requestType }: OtpDelivery,
  { country, callingCode, range }: PhoneNumber,
  { outcome, calls }: Delivered,
  guard:
    | (Pick<SentCode, "phoneKey" | "knownRange"> & {
        readonly counted: { readonly at: Date } | undefined;
      })
    | undefined,
  now: Date,
): SentCode | undefined {
  if (oktaUserId === undefined) return undefined;
  return {
    oktaUserId,
    channel,
    kind,
    sentAt: calls.at(-1)?.startedAt ?? now,
    providerId: outcome.outcome === "accepted" ? outcome.id : undefined,
    eventId,
    requestType,
    country,
    callingCode,
    range,
    phoneKey: guard?.phoneKey,
    knownRange: guard?.knownRange,
    countedAt: mayBeSent(outcome) ? guard?.counted?.at : undefined,
  };
}

/**
 * What is kept of a code after its use, so that Okta's second event of one enrollment is
 * recognized.
 */
export interface UsedRow extends Pick<SentCode, "oktaUserId" | "channel" | "kind" | "sentAt"> {
  readonly usedAt: Date;
  /** The id of Okta's event on its use. */
  readonly usedBy: string;
}

export type CodeRow = SentCode | UsedRow;
export type CodeKey = Pick<SentCode, "oktaUserId" | "channel" | "kind">;

/**
 * In which of a person's rows. Of enrollments the newest is kept, whichever its channel: Okta's
 * events of one name both. A sign-in code and one to recover an account may both be open beside it.
 */
export function rowOf({ kind, channel }: Pick<CodeKey, "kind" | "channel">): string {
  return kind === "enrollment" ? kind : `${kind}-${channel}`;
}

/** A few rows a person. Every call may throw, and may never settle. */
export interface CodeTable {
  /** Overwrites. */
  put(row: CodeRow, signal: AbortSignal): Promise<void>;
  list(oktaUserId: string, signal: AbortSignal): Promise<readonly CodeRow[]>;
  /**
   * Replaces a row by one that says that it was used. False where the row has changed since it was
   * listed.
   */
  markUsed(code: SentCode, used: UsedRow, signal: AbortSignal): Promise<boolean>;
  /** Removes rows of codes that were sent before that time; the rest the next time. */
  sweep(before: Date, signal: AbortSignal): Promise<void>;
}

export function isUsed(row: CodeRow): row is UsedRow {
  return "usedAt" in row;
}
