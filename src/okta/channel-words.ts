import { channelNames, type Channel } from "../delivery/channels.ts";

interface OktaWords {
  /** `deliveryChannel` of a hook, in small letters and without spaces and hyphens. */
  readonly deliveryChannel: readonly string[];
  /** Matches the name of a factor, or a sentence about one. Okta does not list them. */
  readonly factor: RegExp;
  /**
   * The event that Okta itself has sent a code:
   * https://developer.okta.com/docs/reference/api/event-types/
   */
  readonly sentByOkta: string;
}

/** Okta's words for the channels. */
export const oktaWords: Readonly<Record<Channel, OktaWords>> = {
  sms: {
    deliveryChannel: ["sms"],
    factor: /(?<![a-z])sms(?![a-z])/i,
    sentByOkta: "system.sms.send_phone_verification_message",
  },
  voice: {
    // Okta's own pages have written it in all of these ways.
    deliveryChannel: ["voice", "call", "voicecall", "phonecall"],
    factor: /(?<![a-z])(?:call|voice)(?![a-z])/i,
    sentByOkta: "system.voice.send_phone_verification_call",
  },
};

/** The channel whose words these are. */
export function channelBy(isIts: (words: OktaWords) => boolean): Channel | undefined {
  return channelNames.find((channel) => isIts(oktaWords[channel]));
}

/**
 * Words of factors that are no phone, as Okta's knowledge base and its catalogue have them: a
 * password, Okta Verify, a key, mail.
 * https://support.okta.com/help/s/article/how-to-locate-factor-information-in-okta-system-log
 */
const otherFactors =
  /(?<![a-z])(?:password|email|push|signed_nonce|fastpass|token|totp|hotp|otp|question|fido|u2f|webauthn|passkeys?|yubikey|duo|symantec|rsa|smart_?card|x509|cert|idp|tac)(?![a-z])/i;
const phone = /(?<![a-z])phone(?![a-z])/i;

/**
 * Whether an event is surely of no phone. One that names neither is counted, since a phone may have
 * got a new word.
 */
export function isOtherFactor(words: readonly string[]): boolean {
  return !words.some((word) => phone.test(word)) && words.some((word) => otherFactors.test(word));
}
