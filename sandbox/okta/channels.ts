import type { Channel } from "../../src/delivery/channels.ts";

interface OktaChannel {
  /** In a hook. */
  readonly deliveryChannel: string;
  /** In the events of a code that somebody used: https://support.okta.com/help/s/article/how-to-locate-factor-information-in-okta-system-log */
  readonly factor: string;
  /** `methodTypeUsed` of their target, as Okta's catalogue has it: AuthenticatorEnrollmentResourceDetails. */
  readonly method: string;
  /** The event that Okta itself has sent a code, its field that says whether in the hook's place, and the one that says by whom. */
  readonly sentByOkta: readonly [eventType: string, failover: string, provider: string];
}

/** How Okta spells the channels. */
export const oktaChannels: Readonly<Record<Channel, OktaChannel>> = {
  sms: {
    ...{ deliveryChannel: "SMS", factor: "sms", method: "SMS" },
    sentByOkta: ["system.sms.send_phone_verification_message", "isSmsHookFailover", "smsProvider"],
  },
  voice: {
    ...{ deliveryChannel: "Voice", factor: "call", method: "VOICE" },
    sentByOkta: ["system.voice.send_phone_verification_call", "isCallHookFailover", "callProvider"],
  },
};
