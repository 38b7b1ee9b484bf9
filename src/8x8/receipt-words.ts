// Every word and code that 8x8 documents for a receipt. Others are not reported: they could repeat a number or a code.

/** https://developer.8x8.com/connect/docs/message-status-references, with the states of the API that reads a message */
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

export const smsDetails = [
  "delivered_to_operator",
  "delivered_to_recipient",
  "delivered_to_carrier",
  "rejected_by_operator",
  "undelivered_to_recipient",
] as const;

/**
 * 0 to 61 without 6: https://developer.8x8.com/connect/docs/delivery-receipts-error-codes. And 99, which 8x8's fraud
 * detection gives: https://developer.8x8.com/connect/docs/omnishield-faq
 */
export const smsErrors: ReadonlySet<number> = new Set([
  ...Array.from({ length: 62 }, (_, code) => code).filter((code) => code !== 6),
  99,
]);

/** https://developer.8x8.com/connect/docs/voice/voice-messaging/session-status, which has the codes below as well */
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

/**
 * The errors that say what to do. The sender: of an SMS "invalid source address", of a call "source not whitelisted"; others, such as a
 * deny or a content filter, may be of the sender too, and may not. Credit: of an SMS "source credit insufficiency".
 */
const reasons = new Map([
  [19, "invalid-sender"],
  [-2008, "invalid-sender"],
  [42, "no-credit"],
] as const);

export function reasonOfError(errorCode: number | null | undefined) {
  return reasons.get((errorCode ?? NaN) as 42);
}

/** The last action that a call ran. */
export const lastActions = ["make_call", "say", "hangup"] as const;

export const callErrors: ReadonlySet<number> = new Set([
  ...[-2001, -2002, -2003, -2004, -2005, -2006, -2007, -2008, -2009, -2010],
  -9999,
]);
