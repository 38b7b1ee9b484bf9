import type { Channel } from "../delivery/channels.ts";
import type { CodeKind, OtpDelivery } from "../delivery/otp-delivery.ts";
import { mayBeSent, type Delivered } from "../delivery/outcome.ts";
import type { Country, PhoneNumber } from "../delivery/phone-number.ts";

/**
 * What is kept of a person's last code of a kind until it is used. It holds neither the code nor
 * the number.
 */
export interface SentCode {
  readonly oktaUserId: string;
  /** The channel that Okta asked for, and names in the event when the code is used. */
  readonly channel: Channel;
  readonly kind: CodeKind;
  readonly sentAt: Date;
  readonly eventId: string | undefined;
  /** The channel by which 8x8 took the code, and its id there. Undefined if 8x8 did not take it. */
  readonly sentBy?: Channel | undefined;
  readonly providerId: string | undefined;
  readonly requestType: string | undefined;
  readonly country: Country | undefined;
  /** Without `+`. */
  readonly callingCode: string;
  /** The number without its last four digits. */
  readonly range: string;
  /**
   * Keyed hash of the number, for the guard. Like the next two, undefined if the guard is off or
   * the number is exempt.
   */
  readonly phoneKey: string | undefined;
  /** The entry of GUARD_KNOWN_RANGES with which the number begins. */
  readonly knownRange?: string | undefined;
  /** When the guard counted the code. Undefined if the guard refused it, or 8x8 did not take it. */
  readonly countedAt: Date | undefined;
}

/**
 * The row of a code, if Okta named its user. A code that 8x8 did not take has a row too, without
 * 8x8's id: Okta may send it through its own provider, and its use would otherwise be matched to
 * the code before it.
 */
export function sentCodeOf(
  { oktaUserId, channel, kind, eventId, requestType }: OtpDelivery,
  { country, callingCode, range }: PhoneNumber,
  { attempts }: Pick<Delivered, "attempts">,
  guard: Pick<SentCode, "phoneKey" | "knownRange" | "countedAt"> | undefined,
  now: Date,
): SentCode | undefined {
  if (oktaUserId === undefined) return undefined;
  const accepted = attempts.find(({ ok }) => ok);
  return {
    oktaUserId,
    channel,
    kind,
    sentAt: attempts.at(-1)?.startedAt ?? now,
    sentBy: accepted?.channel,
    providerId: accepted?.id,
    eventId,
    requestType,
    country,
    callingCode,
    range,
    phoneKey: guard?.phoneKey,
    knownRange: guard?.knownRange,
    countedAt: mayBeSent({ attempts }) ? guard?.countedAt : undefined,
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
