import { channelNames, type Channel } from "../delivery/channels.ts";
import { detailOf, type LogEvent } from "./log-event.ts";

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
 * The channel of the factor that an event is about. Undefined if the factor is not a phone. Fields
 * are read in this order:
 * https://support.okta.com/help/s/article/how-to-locate-factor-information-in-okta-system-log names
 * the first two, Okta's catalogue the third. The events of an enrolled phone differ by their
 * reason.
 */
export function factorChannelOf({
  debugContext,
  outcome,
  target,
}: LogEvent): Channel | "unknown-factor" | undefined {
  const words = [
    ...["factor", "factorType"].map((name) => detailOf(debugContext.debugData, name)),
    ...target.map(({ detailEntry }) => detailOf(detailEntry, "methodTypeUsed")),
    outcome.reason ?? "",
  ];
  // Not of a person or an app, who may be called like a factor.
  const names = target.map(({ type, displayName = "" }) =>
    type === "AuthenticatorEnrollment" ? displayName : "",
  );
  const channel = words.map(channelIn).find((found) => found !== undefined);
  return channel ?? (isOtherFactor([...words, ...names]) ? undefined : "unknown-factor");
}

function channelIn(words: string): Channel | undefined {
  return channelBy(({ factor }) => factor.test(words));
}

/** A factor with unknown words is not excluded: a phone may have got a new word. */
function isOtherFactor(words: readonly string[]): boolean {
  return !words.some((word) => phone.test(word)) && words.some((word) => otherFactors.test(word));
}
