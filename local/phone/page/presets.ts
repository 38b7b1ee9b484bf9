import type { SendHook } from "../protocol.ts";

/** A hook that ends in a known way, and what 8x8 does meanwhile. Without the DOM, so that a test can send each one. */
export interface Preset {
  readonly name: string;
  readonly says: string;
  /** outcome, or outcome and reason, as the bridge's event has them. */
  readonly ends: string;
  readonly send: Partial<SendHook>;
  /** 8x8's fault, set for one request right before the hook is sent. */
  readonly fault?: { readonly fault: string } & Readonly<Record<string, string | number>>;
  /** Ends so only where npm start was given this setting, as the shell writes it. */
  readonly needs?: string;
  /** How often it is sent, where only the last one ends so. */
  readonly repeat?: number;
}

const refused = (name: string, reason: string, says: string, send: Partial<SendHook>, needs?: string): Preset => ({
  ...{ name, says, ends: `refused ${reason}`, send },
  ...(needs !== undefined && { needs }),
});
const eightByEight = (
  name: string,
  ends: string,
  says: string,
  fault: NonNullable<Preset["fault"]>,
  send: Partial<SendHook> = {},
): Preset => ({ name, says, ends, send, fault });
const rejected = (name: string, reason: string, statusCode: number, send: Partial<SendHook> = {}) =>
  eightByEight(
    name,
    `rejected ${reason}`,
    `8x8 says no with its code ${statusCode}. Okta sends the code itself.`,
    { fault: "not-created", statusCode },
    send,
  );

export const presets: Readonly<Record<string, readonly Preset[]>> = {
  "Gets through": [
    { name: "SMS", says: "Okta's own text, by SMS.", ends: "accepted", send: {} },
    {
      name: "Call in German",
      says: "Read aloud, digit by digit.",
      ends: "accepted",
      send: { channel: "voice", locale: "de-DE" },
    },
    {
      name: "SMS without Okta's text",
      says: "The bridge writes the sentence in the person's language.",
      ends: "accepted",
      send: { locale: "ja-JP", template: null },
    },
    eightByEight("8x8 is slow", "accepted", "8x8 answers after a second. The code still goes out in time.", {
      fault: "slow",
      ms: 1_000,
    }),
  ],
  "We refuse": [
    refused("Impossible number", "impossible-number", "No such number can exist.", { phoneNumber: "+1202555" }),
    refused("Extension", "number-with-extension", "A switchboard would hear the code.", {
      phoneNumber: "+12025550123 x5",
    }),
    refused("National number", "national-number-without-default-country", "Nobody said of which country it is.", {
      phoneNumber: "9876543210",
    }),
    refused("Satellite", "unserved-calling-code", "A calling code of no country, dear to call.", {
      phoneNumber: "+870773111632",
    }),
    refused("Premium number", "premium-number", "Its owner is paid for each code.", { phoneNumber: "+19005550123" }),
    refused("Expired code", "expired-code", "It expired more than a minute ago.", { expiresInS: -300 }),
    refused(
      "Country not on the list",
      "country-not-allowed",
      "Germany, which the list leaves out.",
      { phoneNumber: "+4915112345678" },
      "PHONE_POLICY_ALLOWED_COUNTRIES=US",
    ),
    refused(
      "Blocked country",
      "country-blocked",
      "A number of France.",
      { phoneNumber: "+33612345678" },
      "PHONE_POLICY_BLOCKED_COUNTRIES=FR",
    ),
    refused(
      "Voice is off",
      "voice-off",
      "A call, where calls are not set up.",
      { channel: "voice" },
      "EIGHT_BY_EIGHT_VOICE_SUBACCOUNT=",
    ),
  ],
  "The guard": [
    {
      ...{ name: "Ninth code to one number", ends: "refused number-limit", repeat: 9, needs: "GUARD_MODE=enforce" },
      says: "Nine codes within an hour are more than a person needs.",
      send: { phoneNumber: "+12025550199" },
    },
  ],
  "8x8 says no": [
    eightByEight("REJECTED", "rejected rejected-by-provider", "The no inside a 200, without a code.", {
      ...{ fault: "rejected", description: "No route" },
    }),
    rejected("Number", "invalid-number", 1002),
    rejected("Sender", "invalid-sender", 1005),
    rejected("Text", "invalid-text", 1003),
    rejected("Voice", "invalid-voice", -1002, { channel: "voice" }),
    rejected("Sub-account", "wrong-subaccount", 1001),
    rejected("Too late", "expired-at-provider", 1006),
    rejected("Sent just before", "resend-interval", 1400),
    rejected("Request", "invalid-request", 1000),
    eightByEight("Key", "rejected key-rejected", "8x8 does not know the key.", { fault: "401" }),
    eightByEight("Not allowed", "rejected forbidden", "8x8 knows the key and says no.", { fault: "403" }),
    eightByEight("Old TLS", "rejected insecure-protocol", "8x8 wants a newer protocol.", { fault: "426" }),
  ],
  "Nobody knows": [
    eightByEight(
      "No answer",
      "unconfirmed deadline",
      "8x8 took the request and stays silent. The bridge gives up in time for Okta.",
      { fault: "hang" },
    ),
    eightByEight("Cut off", "unconfirmed connection-cut", "The connection breaks before the answer.", {
      fault: "reset",
    }),
    eightByEight("Half an answer", "unconfirmed unreadable-answer", "A 200 that ends in the middle.", {
      fault: "garbage",
    }),
    eightByEight("Another answer", "unconfirmed unreadable-answer", "A 200 that is not 8x8's.", {
      fault: "wrong-shape",
    }),
  ],
  "Out of reach": [
    eightByEight("429", "unavailable rate-limited", "Too many requests; 8x8 does not say until when.", {
      fault: "429",
    }),
    eightByEight("500", "unavailable provider-error", "8x8 fails.", { fault: "500" }),
    eightByEight("502", "unavailable provider-error", "Something before 8x8 answers with a page.", {
      fault: "html-502",
    }),
    eightByEight("302", "unavailable redirected", "8x8 points elsewhere. The key is never sent there.", {
      fault: "302",
    }),
    eightByEight("503, then well", "accepted", "The one second try succeeds.", { fault: "503" }),
  ],
  "Not a hook": [
    {
      name: "Code of two digits",
      says: "Okta's codes have 4 to 10.",
      ends: "malformed not-an-otp-code",
      send: { code: "12" },
    },
    {
      name: "Wrong secret",
      says: "Somebody who is not Okta.",
      ends: "unauthenticated wrong-secret",
      send: { wrongSecret: true },
    },
  ],
};
