import * as z from "zod";
import { parsePhoneNumber } from "../rules/phone-number.ts";
import { isOpaqueId, RawPhoneNumber, UsedSender } from "../privacy/redacted.ts";

// Undocumented words and error codes count as absent, because they could be a phone number or an
// OTP code.

const phoneNumber = z.string().transform((text, context) => {
  const written = new RawPhoneNumber(/^\d/.test(text) ? `+${text}` : text);
  const parsed = parsePhoneNumber(written, undefined);
  if (parsed.ok) return parsed.phoneNumber;
  context.issues.push({ code: "custom", input: undefined });
  return z.NEVER;
});

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

// https://developer.8x8.com/connect/docs/message-status-references
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

const smsDetails = [
  "delivered_to_operator",
  "delivered_to_recipient",
  "delivered_to_carrier",
  "rejected_by_operator",
  "undelivered_to_recipient",
] as const;

// https://developer.8x8.com/connect/docs/delivery-receipts-error-codes, and 99 in
// https://developer.8x8.com/connect/docs/omnishield-faq
const smsErrorCode = z
  .int()
  .refine((code) => (code >= 0 && code <= 61 && code !== 6) || code === 99);

const senderLimit = 32;

/** A larger value could be an OTP code or a phone number. */
const priceLimit = 100_000;

// All other fields are dropped, such as the SMS's text (`outboundContent`).
// https://developer.8x8.com/connect/docs/delivery-receipts-for-outbound-sms
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
      detail: z.enum(smsDetails).nullish(),
      timestamp: instant.nullish(),
      errorCode: smsErrorCode.nullish(),
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

// https://developer.8x8.com/connect/docs/voice/voice-messaging/session-status
export const callStates = [
  "completed",
  "no_answer",
  "busy",
  "canceled",
  "failed",
  "error",
  "completed_unsubscribed",
  "completed_unsub_error",
  "unsubscribed_contact",
] as const;

const lastActions = ["make_call", "say", "hangup"] as const;
const callErrorCode = z.int().refine((code) => (code >= -2010 && code <= -2001) || code === -9999);

/** 8x8 documents two spellings of some words, such as `NO_ANSWER` and `NO ANSWER`. */
const word = z
  .string()
  .transform((text) => text.toLowerCase().replaceAll(" ", "_").replace("cancelled", "canceled"));

export const sessionSummary = z.object({
  payload: z.object({
    sessionid: z.guid(),
    sessionstatus: word.pipe(z.enum(callStates)).nullish(),
    endtime: instant.nullish(),
    lastaction: word.pipe(z.enum(lastActions)).nullish(),
    errordetails: z.object({ errorcode: callErrorCode.nullish() }).nullish(),
    details: z
      .object({
        calla: z
          .object({ destination: phoneNumber.nullish(), connectedtimestamp: instant.nullish() })
          .nullish(),
      })
      .nullish(),
  }),
});
