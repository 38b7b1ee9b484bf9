import * as z from "zod";
import type { Channel } from "../delivery/channels.ts";
import type { RejectedReason } from "../delivery/outcome.ts";
import { parsePhoneNumber, PhoneNumber } from "../delivery/phone-number.ts";
import { RawPhoneNumber, type UsedSender } from "../delivery/redacted.ts";
import { readLeniently } from "../delivery/json.ts";

/** What became of an SMS or of a call, as far as 8x8 knows it. */
export interface Receipt {
  readonly channel: Channel;
  /** The umid of an SMS, the sessionId of a call. */
  readonly providerId: string;
  /** Okta's, which went out as clientMessageId. A call has no such field. */
  readonly eventId?: string | undefined;
  /** One that 8x8 documents; `unknown` where it sent another, or says so itself. */
  readonly state: string;
  readonly detail?: string | undefined;
  readonly errorCode?: number | undefined;
  /** Where the error's code alone says so. */
  readonly reason?: Extract<RejectedReason, "invalid-sender" | "no-credit"> | undefined;
  readonly phoneNumber?: PhoneNumber | undefined;
  /** Of an SMS alone. */
  readonly usedSender?: UsedSender | undefined;
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

/**
 * How 8x8 writes the receipts of one channel. Words and codes that it does not document are not
 * reported: they could repeat a number or a code.
 */
export interface ReceiptKind {
  readonly namespace: string;
  readonly eventType: string;
  read(json: unknown): Receipt | MalformedReceipt;
}

/**
 * Without these nobody knows which message is meant. A state that is new is unknown, and the
 * message's id is worth having.
 */
const required = new Set([
  "payload",
  ...["umid", "status", "sessionid"].map((name) => `payload.${name}`),
]);

export function readReceipt<T>(
  schema: z.ZodType<T>,
  json: unknown,
  toReceipt: (parsed: T) => Omit<Receipt, "oddPaths">,
): Receipt | MalformedReceipt {
  const lenient = readLeniently(schema, json, required);
  if ("wrongPaths" in lenient) return { reason: "wrong-shape", ...lenient };
  return { ...toReceipt(lenient.read), oddPaths: lenient.oddPaths };
}

/** E.164, with or without `+`. */
export const phoneNumber = z.string().transform((text, context) => {
  const parsed = parsePhoneNumber(
    new RawPhoneNumber(/^\d/.test(text) ? `+${text}` : text),
    undefined,
  );
  if (parsed instanceof PhoneNumber) return parsed;
  context.issues.push({ code: "custom", input: undefined });
  return z.NEVER;
});

export const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/**
 * The errors that say what to do. The sender: of an SMS "invalid source address", of a call "source
 * not whitelisted"; others, such as a deny or a content filter, may be of the sender too, and may
 * not. Credit: of an SMS "source credit insufficiency".
 */
const reasons = new Map<unknown, Receipt["reason"]>([
  [19, "invalid-sender"],
  [-2008, "invalid-sender"],
  [42, "no-credit"],
]);

export function reasonOfError(errorCode: number | null | undefined): Receipt["reason"] {
  return reasons.get(errorCode);
}
