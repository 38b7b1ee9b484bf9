// Everything that the stand-ins know about the channels. To add a channel, add a row to each table
// in this file, and write a stand-in for the channel's 8x8 API.
import type { Channel } from "../../src/rules/channels.ts";
import type { Api, Received } from "./8x8/api.ts";
import { callReceipts } from "./8x8/session-summary.ts";
import { smsReceipts } from "./8x8/sms-receipts.ts";
import { createSmsApi } from "./8x8/sms.ts";
import { createVoiceApi } from "./8x8/voice.ts";

interface OktaChannel {
  readonly deliveryChannel: string;
  /**
   * Name of the factor in the events that report a used code:
   * https://support.okta.com/help/s/article/how-to-locate-factor-information-in-okta-system-log
   */
  readonly factor: string;
  /**
   * `methodTypeUsed` in the target of these events, from Okta's catalog:
   * AuthenticatorEnrollmentResourceDetails.
   */
  readonly method: string;
  /**
   * Type of the event that Okta logs after it sent a code itself, and the names of two fields of
   * the event. One field says whether Okta replaced the hook. The other has Okta's provider.
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
  /** Sub-account that 8x8 accepts. Tests can set another one. */
  readonly subAccount: string;
  createApi(subAccount: string): Api;
  /** Ways in which a message can end, in the terms of its receipts. The default comes first. */
  readonly fates: readonly [string, ...string[]];
  receipts(
    received: Received,
    reply: object,
    subAccount: string,
    fate: string,
    errorCode?: number,
  ): object[];
}

export const standIns = {
  sms: {
    subAccount: "local_sms",
    createApi: createSmsApi,
    receipts: smsReceipts,
    fates: ["delivered", "undelivered", "rejected", "queued"],
  },
  voice: {
    subAccount: "local_voice",
    createApi: createVoiceApi,
    receipts: callReceipts,
    fates: ["completed", "no_answer", "busy", "canceled", "failed", "error"],
  },
} as const satisfies Readonly<Record<Channel, StandIn>>;
