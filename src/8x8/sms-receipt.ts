import * as z from "zod";
import { UsedSender, isOpaqueId } from "../delivery/redacted.ts";
import { reasonOfError, smsDetails, smsErrors, smsStates } from "./receipt-words.ts";
import { codeOf, instant, phoneNumber, readReceipt, type Receipt, type ReceiptKind } from "./receipt.ts";

/** 8x8's documents say 16 characters in one place and 17 in another. */
const senderLimit = 32;

/** No SMS costs as much in any currency. A larger value could be a code or a phone number. */
const priceLimit = 100_000;

/**
 * https://developer.8x8.com/connect/docs/delivery-receipts-for-outbound-sms. It can hold the message's text, as
 * `outboundContent`. It is dropped, as are 8x8's sentences.
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
      detail: z.enum(smsDetails).nullish(),
      timestamp: instant.nullish(),
      errorCode: codeOf(smsErrors).nullish(),
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
  read: (json) => readReceipt(smsReceipt, json, fromSmsReceipt),
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
