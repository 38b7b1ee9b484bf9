import * as z from "zod";
import { channelNames, type Channel } from "../rules/channels.ts";

interface ChannelWords {
  /** `deliveryChannel` of a request, in lower case, without spaces, hyphens and underscores. */
  readonly deliveryChannel: readonly string[];
  /** Matches a factor's name, or a sentence about a factor. Okta publishes no list of the names. */
  readonly factor: RegExp;
  /** https://developer.okta.com/docs/reference/api/event-types/ */
  readonly sentByOkta: string;
}

export const oktaWords: Readonly<Record<Channel, ChannelWords>> = {
  sms: {
    deliveryChannel: ["sms"],
    factor: /(?<![a-z])sms(?![a-z])/i,
    sentByOkta: "system.sms.send_phone_verification_message",
  },
  voice: {
    deliveryChannel: ["voice", "call", "voicecall", "phonecall"],
    factor: /(?<![a-z])(?:call|voice)(?![a-z])/i,
    sentByOkta: "system.voice.send_phone_verification_call",
  },
};

export function channelBy(matches: (words: ChannelWords) => boolean): Channel | undefined {
  return channelNames.find((channel) => matches(oktaWords[channel]));
}

/** The format in Okta's examples. No phone number, login or sentence has this format. */
export const userId = z.string().regex(/^00u(?=\d*[A-Za-z])[\dA-Za-z]{10,40}$/);

/** https://developer.okta.com/docs/concepts/okta-organizations/ */
export function isOktaHost(host: string): boolean {
  return /^[a-z][a-z\d-]{0,62}\.(?:(?:okta|oktapreview|okta-emea|okta-gov)\.com|okta\.mil)$/.test(
    host,
  );
}
