import type { Received } from "./api.ts";
import { partsOf } from "./sms.ts";

export function smsReceipts(
  received: Received,
  reply: object,
  subAccount: string,
  state: string,
  errorCode?: number,
) {
  const { umid, clientMessageId } = reply as { umid: string; clientMessageId: string | null };
  const sms = { ...received, umid, clientMessageId, subAccount };
  const sent = state === "delivered" || state === "undelivered" ? [smsReceipt(sms, "sent")] : [];
  return [...sent, smsReceipt(sms, state, errorCode)];
}

type SentSms = Received & { umid: string; clientMessageId: string | null; subAccount: string };

const smsDetails: Readonly<Record<string, string>> = {
  delivered: "delivered_to_recipient",
  undelivered: "rejected_by_operator",
};
/** 8x8's error codes: 15 is an invalid destination, and 99 comes from 8x8's fraud detection. */
const usualErrors: Readonly<Record<string, number>> = { undelivered: 15, rejected: 99 };

/** Returns a receipt: https://developer.8x8.com/connect/docs/delivery-receipts-for-outbound-sms */
export function smsReceipt(sms: SentSms, state: string, errorCode = usualErrors[state]): object {
  const { umid, clientMessageId, subAccount, source = "8x8", destination, text } = sms;
  const smsCount = partsOf(text);
  const charged = state === "sent" || state === "delivered";
  const total = Number((0.0125 * smsCount).toFixed(4));
  const errorMessage = `It could not be sent to ${destination}`;
  return {
    namespace: "SMS",
    eventType: "outbound_message_status_changed",
    description: "SMS outbound message delivery receipt",
    payload: {
      umid,
      clientMessageId,
      subAccountId: subAccount,
      source,
      destination,
      status: {
        state,
        detail: smsDetails[state],
        timestamp: new Date().toISOString(),
        ...(errorCode !== undefined && { errorCode, errorMessage }),
      },
      ...(charged && { price: { total, perSms: 0.0125, currency: "USD" } }),
      smsCount,
      ...(state === "queued" && {
        outboundContent: { channel: "sms", contentType: "text", body: { text } },
      }),
    },
  };
}
