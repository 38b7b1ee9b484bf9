import * as z from "zod";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import { findFor } from "../delivery/phone-policy.ts";
import { UsedSender, isOpaqueId } from "../delivery/redacted.ts";
import {
  instant,
  phoneNumber,
  parseWith,
  reasonOfError,
  type Receipt,
  type ReceiptKind,
} from "./receipt.ts";
import type { SmsSettings } from "./sms.ts";

/**
 * https://developer.8x8.com/connect/docs/message-status-references, with the states of the API that
 * reads a message
 */
export const smsStates = [
  "unknown",
  "queued",
  "rejected",
  "failed",
  "sent",
  "delivered",
  "undelivered",
  "read",
  "ok",
  "error",
] as const;

const details = [
  "delivered_to_operator",
  "delivered_to_recipient",
  "delivered_to_carrier",
  "rejected_by_operator",
  "undelivered_to_recipient",
] as const;

/**
 * 0 to 61 without 6: https://developer.8x8.com/connect/docs/delivery-receipts-error-codes. And 99,
 * which 8x8's fraud detection gives: https://developer.8x8.com/connect/docs/omnishield-faq
 */
const errorCode = z.int().refine((code) => (code >= 0 && code <= 61 && code !== 6) || code === 99);

/** 8x8's documents say 16 characters in one place and 17 in another. */
const senderLimit = 32;

/** No SMS costs as much in any currency. A larger value could be a code or a phone number. */
const priceLimit = 100_000;

/**
 * https://developer.8x8.com/connect/docs/delivery-receipts-for-outbound-sms. It can hold the
 * message's text, as `outboundContent`. It is dropped, as are 8x8's sentences.
 */
export const smsReceipt = z.object({
  payload: z.object({
    umid: z.guid(),
    clientMessageId: z.string().refine(isOpaqueId).nullish(),
    source: z
      .string()
      .max(senderLimit)
      .transform((source) => new UsedSender(source))
      .nullish(),
    destination: phoneNumber.nullish(),
    status: z.object({
      state: z.enum(smsStates).nullish(),
      detail: z.enum(details).nullish(),
      timestamp: instant.nullish(),
      errorCode: errorCode.nullish(),
    }),
    price: z
      .object({
        total: z.number().nonnegative().max(priceLimit).nullish(),
        currency: z
          .string()
          .regex(/^[A-Z]{3}$/)
          .nullish(),
      })
      .nullish(),
    smsCount: z.int().nonnegative().max(99).nullish(),
  }),
});

export const smsReceipts: ReceiptKind = {
  namespace: "SMS",
  eventType: "outbound_message_status_changed",
  parse: (json) => parseWith(smsReceipt, json, fromSmsReceipt),
};

function fromSmsReceipt({ payload }: z.infer<typeof smsReceipt>): Omit<Receipt, "oddPaths"> {
  const { umid, clientMessageId, source, destination, status, price, smsCount } = payload;
  return {
    channel: "sms",
    providerId: umid,
    eventId: clientMessageId ?? undefined,
    state: status.state ?? "unknown",
    detail: status.detail ?? undefined,
    errorCode: status.errorCode ?? undefined,
    reason: reasonOfError(status.errorCode),
    usedSender: source ?? undefined,
    phoneNumber: destination ?? undefined,
    parts: smsCount ?? undefined,
    price: price?.total ?? undefined,
    currency: price?.currency ?? undefined,
    statusAt: status.timestamp ?? undefined,
  };
}

/**
 * Whether 8x8 sent an SMS with another sender than it was asked for. It is asked for what is set
 * for the number's country, so the receipts of SMS from before a change of that setting are judged
 * by it too. Undefined where 8x8 chose, or does not say.
 */
export function isSenderChanged(
  usedSender: UsedSender | undefined,
  phoneNumber: PhoneNumber | undefined,
  senders: SmsSettings["senders"],
): boolean | undefined {
  const asked = phoneNumber && findFor(senders, phoneNumber);
  if (!usedSender?.expose() || asked === undefined) return undefined;
  return withoutPlus(usedSender.expose()) !== withoutPlus(asked);
}

/** 8x8 writes a number with it or without. */
function withoutPlus(sender: string): string {
  return sender.replace(/^\+/, "");
}
