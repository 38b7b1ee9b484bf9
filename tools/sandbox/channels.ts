// All that the stand-ins know of the channels: a third one is a row in each of these tables, and
// 8x8's API for it.
import type { Channel } from "../../src/delivery/channels.ts";
import type { Api, Received } from "./8x8/api.ts";
import { callReceipts } from "./8x8/session-summary.ts";
import { smsReceipts } from "./8x8/sms-receipts.ts";
import { createSmsApi } from "./8x8/sms.ts";
import { createVoiceApi } from "./8x8/voice.ts";
import { callWebhooks, smsWebhooks, type WebhookApi } from "./8x8/webhook-apis.ts";

/** How Okta spells a channel. */
interface OktaChannel {
  /** In a hook. */
  readonly deliveryChannel: string;
  /**
   * In the events of a code that somebody used:
   * https://support.okta.com/help/s/article/how-to-locate-factor-information-in-okta-system-log
   */
  readonly factor: string;
  /**
   * `methodTypeUsed` of their target, as Okta's catalogue has it:
   * AuthenticatorEnrollmentResourceDetails.
   */
  readonly method: string;
  /**
   * The event that Okta itself has sent a code, its field that says whether in the hook's place,
   * and the one that says by whom.
   */
  readonly sentByOkta: readonly [eventType: string, failover: string, provider: string];
}

export const oktaChannels: Readonly<Record<Channel, OktaChannel>> = {
  sms: {
    deliveryChannel: "SMS",
    factor: "sms",
    method: "SMS",
    sentByOkta: ["system.sms.send_phone_verification_message", "isSmsHookFailover", "smsProvider"],
  },
  voice: {
    deliveryChannel: "Voice",
    factor: "call",
    method: "VOICE",
    sentByOkta: ["system.voice.send_phone_verification_call", "isCallHookFailover", "callProvider"],
  },
};

/** How 8x8 answers on a channel. */
interface StandIn {
  /** The sub-account that it accepts, unless a test names another. */
  readonly subAccount: string;
  createApi(subAccount: string): Api;
  /** How a message can end, in the words of its receipts; the usual end first. */
  readonly fates: readonly [string, ...string[]];
  /**
   * What becomes of a message that was taken under a fault, where that is not as it is set. What
   * 8x8 does with a sender that a country does not take, and where, it does not say, so the sandbox
   * looks at no sender: each is a fault that somebody switches on.
   * Receipts: 19 "invalid source address", 42 "source credit insufficiency" (of a call without
   * credit nothing stands anywhere):
   * https://developer.8x8.com/connect/docs/delivery-receipts-error-codes; of a call -2008 "source
   * not whitelisted": https://developer.8x8.com/connect/docs/voice/voice-messaging/session-status.
   * The receipt of an SMS names another sender:
   * https://developer.8x8.com/connect/docs/send-sms-api-reference
   */
  readonly underFault: Readonly<Record<string, object>>;
  /** All receipts of a message that ends so. */
  receipts(
    received: Received,
    reply: object,
    subAccount: string,
    fate: string,
    errorCode?: number,
  ): object[];
  readonly webhooks: WebhookApi;
}

export const standIns = {
  sms: {
    subAccount: "local_sms",
    createApi: createSmsApi,
    receipts: smsReceipts,
    webhooks: smsWebhooks,
    fates: ["delivered", "undelivered", "rejected", "queued"],
    underFault: {
      "sender-undelivered": { receipt: "undelivered", errorCode: 19 },
      "no-credit": { receipt: "undelivered", errorCode: 42 },
      "sender-changed": { source: "INFO" },
    },
  },
  voice: {
    subAccount: "local_voice",
    createApi: createVoiceApi,
    receipts: callReceipts,
    webhooks: callWebhooks,
    fates: ["completed", "no_answer", "busy", "canceled", "failed", "error"],
    underFault: { "sender-undelivered": { receipt: "error", errorCode: -2008 } },
  },
} as const satisfies Readonly<Record<Channel, StandIn>>;
