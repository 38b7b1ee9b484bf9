import type { Channel } from "../../src/delivery/channels.ts";

interface OktaChannel {
  /** In a hook. */
  readonly deliveryChannel: string;
  /** In the events of a code that somebody used. */
  readonly factor: string;
  readonly method: string;
  /** The event that Okta itself has sent a code, and its field that says whether in the hook's place. */
  readonly sentByOkta: readonly [eventType: string, failover: string];
}

/** How Okta spells the channels. */
export const oktaChannels: Readonly<Record<Channel, OktaChannel>> = {
  sms: {
    ...{ deliveryChannel: "SMS", factor: "SMS_FACTOR", method: "SMS" },
    sentByOkta: ["system.sms.send_phone_verification_message", "isSmsHookFailover"],
  },
  voice: {
    ...{ deliveryChannel: "Voice", factor: "CALL_FACTOR", method: "Voice Call" },
    sentByOkta: ["system.voice.send_phone_verification_call", "isCallHookFailover"],
  },
};
