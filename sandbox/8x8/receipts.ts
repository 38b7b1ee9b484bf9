import { randomUUID } from "node:crypto";
import type { Channel } from "../../src/delivery/channels.ts";
import type { Received, SmsMessage, VoiceCall } from "./api.ts";
import { partsOf } from "./sms.ts";

/** What 8x8 sends to a webhook, so long after it took the message. */
export interface Told {
  readonly afterMs: number;
  readonly body: object;
}

/** What becomes of a message, in the words of 8x8's receipts. */
export interface Fate {
  readonly receipt: FateName;
  /** Of https://developer.8x8.com/connect/docs/delivery-receipts-error-codes, or of a session that is an error. */
  readonly errorCode?: number;
  /** When the last receipt comes. */
  readonly delayMs?: number;
  /** How often each receipt comes. */
  readonly copies?: number;
  /** Whether the last receipt comes first. */
  readonly reversed?: boolean;
}

export type FateName = (typeof knownFates)[number];

const fatesByChannel = {
  sms: ["delivered", "undelivered", "rejected", "queued"],
  voice: ["completed", "no_answer", "busy", "canceled", "failed", "error"],
} as const;
/** `none`: nothing comes. `garbage`: what comes is half a JSON. */
export const knownFates = [...fatesByChannel.sms, ...fatesByChannel.voice, "none", "garbage"] as const;

const usual: Readonly<Record<Channel, FateName>> = { sms: "delivered", voice: "completed" };

/** All receipts of one message. The other channel's fate leaves it as it usually is. */
export function receiptsOf(received: Received, reply: object, subAccount: string, fate: Fate): Told[] {
  if (fate.receipt === "none") return [];
  const { delayMs = 1_000, copies = 1, reversed = false } = fate;
  const bodies = Array.from({ length: copies }, () => bodiesOf(received, reply, subAccount, fate)).flat();
  const inOrder = reversed ? bodies.toReversed() : bodies;
  return inOrder.map((body, index) => ({ afterMs: ((index + 1) / inOrder.length) * delayMs, body }));
}

function bodiesOf(received: Received, reply: object, subAccount: string, { receipt, errorCode }: Fate): object[] {
  const names: readonly string[] = fatesByChannel[received.channel];
  const state = names.includes(receipt) ? receipt : usual[received.channel];
  if (received.channel === "voice") {
    const { sessionId } = reply as { sessionId: string };
    return [sessionSummary({ ...received, sessionId, subAccount }, state.toUpperCase(), errorCode)];
  }
  const message = { ...received, ...(reply as { umid: string; clientMessageId: string | null }), subAccount };
  const last = smsReceipt({ ...message, destination: received.destination }, state, errorCode);
  return state === "delivered" || state === "undelivered"
    ? [smsReceipt({ ...message, destination: received.destination }, "sent"), last]
    : [last];
}

type SentSms = SmsMessage & { umid: string; clientMessageId: string | null; subAccount: string };

const smsDetails: Readonly<Record<string, string>> = {
  delivered: "delivered_to_recipient",
  undelivered: "rejected_by_operator",
};
/** Invalid destination, and what 8x8's fraud detection gives. */
const usualErrors: Readonly<Record<string, number>> = { undelivered: 15, rejected: 99 };

/** https://developer.8x8.com/connect/docs/delivery-receipts-for-outbound-sms */
export function smsReceipt(sms: SentSms, state: string, errorCode = usualErrors[state]): object {
  const { umid, clientMessageId, subAccount, source = "8x8", destination, text } = sms;
  const smsCount = partsOf(text);
  const charged = state === "sent" || state === "delivered";
  const total = Number((0.0125 * smsCount).toFixed(4));
  return {
    namespace: "SMS",
    eventType: "outbound_message_status_changed",
    description: "SMS outbound message delivery receipt",
    payload: {
      ...{ umid, clientMessageId, subAccountId: subAccount, source, destination },
      status: {
        state,
        detail: smsDetails[state],
        timestamp: new Date().toISOString(),
        ...(errorCode !== undefined && { errorCode, errorMessage: `It could not be sent to ${destination}` }),
      },
      ...(charged && { price: { total, perSms: 0.0125, currency: "USD" } }),
      smsCount,
      ...(state === "queued" && { outboundContent: { channel: "sms", contentType: "text", body: { text } } }),
    },
  };
}

type SentCall = VoiceCall & { sessionId: string; subAccount: string };

/** https://developer.8x8.com/connect/docs/voice/voice-messaging/session-status, with the names' changing case. */
export function sessionSummary(call: SentCall, sessionStatus: string, errorCode?: number): object {
  const { sessionId, subAccount, source, destination, at } = call;
  const [startTime, endTime] = [at.toISOString(), new Date().toISOString()];
  const answered = sessionStatus === "COMPLETED";
  const leg = {
    ...{ callId: randomUUID(), callDirection: "OUTBOUND", callType: "PSTN", source, destination },
    initiatedTimestamp: startTime,
    ...(answered && { connectedTimestamp: endTime }),
    disconnectedTimestamp: endTime,
    ...{ sourceFormat: "MSISDN", destinationFormat: "MSISDN", SourceRefId: "null" },
    callStatus: sessionStatus,
    callDuration: answered ? 13 : 0,
  };
  return {
    payload: {
      ...{ sessionId, subAccountId: subAccount, sessionStatus, startTime, endTime },
      lastAction: answered ? "HANGUP" : "MAKE_CALL",
      callCount: 1,
      ...(sessionStatus === "ERROR" && {
        errorDetails: { errorMsg: `No coverage for ${destination}`, errorCode: errorCode ?? -2004 },
      }),
      details: { [answered ? "CallA" : "callA"]: leg },
    },
    namespace: "VOICE",
    eventType: "SESSION_SUMMARY",
    description: "Summary of a completed call session",
  };
}
