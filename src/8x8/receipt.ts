import * as z from "zod";
import type { Channel } from "../delivery/otp-delivery.ts";
import { parsePhoneNumber, PhoneNumber } from "../delivery/phone-number.ts";
import { RawPhoneNumber } from "../delivery/redacted.ts";

/** What became of an SMS or of a call, as far as 8x8 knows it. */
export interface Receipt {
  readonly channel: Channel;
  /** The umid of an SMS, the sessionId of a call. */
  readonly providerId: string;
  /** Okta's, which went out as clientMessageId. A call has no such field. */
  readonly eventId?: string | undefined;
  readonly state: string;
  readonly detail?: string | undefined;
  readonly errorCode?: number | undefined;
  readonly phoneNumber?: PhoneNumber | undefined;
  readonly parts?: number | undefined;
  readonly price?: number | undefined;
  readonly currency?: string | undefined;
  /** When the SMS got into this state; when the call was answered, else when it ended. */
  readonly statusAt?: Date | undefined;
  /** Fields that were not as documented, read as absent. */
  readonly oddPaths: readonly string[];
}

/** Why a body is no receipt, by paths into it, never by values from it. */
export interface MalformedReceipt {
  readonly reason: "not-json" | "unknown-event-type" | "wrong-shape";
  readonly wrongPaths: readonly string[];
}

/** E.164, with or without `+`. */
export const phoneNumber = z.string().transform((text, context) => {
  const parsed = parsePhoneNumber(new RawPhoneNumber(/^\d/.test(text) ? `+${text}` : text), undefined);
  if (parsed instanceof PhoneNumber) return parsed;
  context.issues.push({ code: "custom", input: undefined });
  return z.NEVER;
});

export const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** One of the codes that 8x8's documents list; any other number might be a code of Okta's, or a phone's number. */
export function codeOf(documented: ReadonlySet<number>) {
  return z.int().refine((code) => documented.has(code));
}
