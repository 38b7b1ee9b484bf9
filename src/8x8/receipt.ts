import * as z from "zod";
import type { Channel } from "../delivery/channels.ts";
import type { Reason } from "../delivery/reasons.ts";
import { parsePhoneNumber, type PhoneNumber } from "../delivery/phone-number.ts";
import { RawPhoneNumber, type UsedSender } from "../delivery/redacted.ts";
import { parseLeniently } from "../delivery/json.ts";

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
  readonly reason?: Extract<Reason<"rejected">, "invalid-sender" | "no-credit"> | undefined;
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

/** What 8x8 sent. An inbound SMS, which comes to the same webhook, has no receipt. */
export type ParsedReceipt =
  | { readonly ok: true; readonly receipt: Receipt | undefined }
  | {
      readonly ok: false;
      readonly outcome: "malformed";
      readonly reason: "not-json" | "unknown-event-type" | "wrong-shape";
      /** Paths into the body, never values from it. */
      readonly wrongPaths: readonly string[];
    };

export function malformedReceipt(
  reason: "not-json" | "unknown-event-type" | "wrong-shape",
  wrongPaths: readonly string[] = [],
): ParsedReceipt {
  return { ok: false, outcome: "malformed", reason, wrongPaths };
}

/**
 * How 8x8 writes the receipts of one channel. Words and codes that it does not document are not
 * reported: they could repeat a number or a code.
 */
export interface ReceiptKind {
  readonly namespace: string;
  readonly eventType: string;
  parse(json: unknown): ParsedReceipt;
}

/** Without these fields the message is not known. A receipt with an unknown state is kept. */
const required = new Set([
  "payload",
  ...["umid", "status", "sessionid"].map((name) => `payload.${name}`),
]);

export function parseWith<T>(
  schema: z.ZodType<T>,
  json: unknown,
  toReceipt: (parsed: T) => Omit<Receipt, "oddPaths">,
): ParsedReceipt {
  const parsed = parseLeniently(schema, json, required);
  if (!parsed.ok) return malformedReceipt("wrong-shape", parsed.wrongPaths);
  return { ok: true, receipt: { ...toReceipt(parsed.value), oddPaths: parsed.oddPaths } };
}

/** E.164, with or without `+`. */
export const phoneNumber = z.string().transform((text, context) => {
  const written = new RawPhoneNumber(/^\d/.test(text) ? `+${text}` : text);
  const parsed = parsePhoneNumber(written, undefined);
  if (parsed.ok) return parsed.phoneNumber;
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
