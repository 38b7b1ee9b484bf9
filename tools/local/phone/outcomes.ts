import { optionalChannels } from "../../../src/rules/channels.ts";
import { messageNames } from "./channels.ts";
import type { SendHook } from "./protocol.ts";
import { badReceipts, failures, rejections, slow, unclearAnswers } from "./outcomes-of-8x8.ts";
import type { Outcome } from "./outcome.ts";

const refused = (
  name: string,
  reason: string,
  says: string,
  send: Partial<SendHook>,
  ...needs: NonNullable<Outcome["needs"]>
): Outcome => ({ name, says, expected: `refused ${reason}`, send, needs });

/** The phone policy refuses only in this mode. */
const enforced = { name: "PHONE_POLICY_MODE", value: "enforce" };

/** All outcomes by group. The most common outcomes come first. */
export const outcomes: Readonly<Record<string, readonly Outcome[]>> = {
  "The code is sent": [
    { name: "SMS", says: "An SMS with Okta's own text.", expected: "accepted", send: {} },
    {
      name: "Call in German",
      says: "A voice call reads the code digit by digit.",
      expected: "accepted",
      send: { channel: "voice", locale: "de-DE" },
    },
    {
      name: "SMS without Okta's text",
      says: "The app writes the text itself, in Japanese.",
      expected: "accepted",
      send: { locale: "ja-JP", template: null },
    },
    slow,
  ],
  "8x8 is unavailable": failures,
  "8x8 gives no clear answer": unclearAnswers,
  "The request is malformed, or has a wrong secret": [
    {
      name: "Code of two digits",
      says: "Okta's codes have 4 to 10 digits.",
      expected: "malformed not-an-otp-code",
      send: { code: "12" },
    },
    {
      name: "Wrong secret",
      says: "Okta has another secret than the app, or the caller is not Okta.",
      expected: "unauthenticated wrong-secret",
      send: { wrongSecret: true },
    },
  ],
  "The app refuses": [
    refused("Impossible number", "impossible-number", "The number is too short to exist.", {
      phoneNumber: "+1202555",
    }),
    refused("Number with extension", "number-with-extension", "A switchboard would get the code.", {
      phoneNumber: "+12025550123 x5",
    }),
    refused(
      "National number",
      "national-number-without-default-country",
      "The number has no calling code.",
      { phoneNumber: "9876543210" },
      { name: "PHONE_DEFAULT_COUNTRY", value: "" },
    ),
    refused(
      "Satellite number",
      "unserved-calling-code",
      "The calling code belongs to no country.",
      { phoneNumber: "+870773111632" },
      enforced,
    ),
    refused(
      "Premium number",
      "premium-number",
      "The number's owner is paid for each code.",
      { phoneNumber: "+19005550123" },
      enforced,
    ),
    refused("Expired code", "expired-code", "The code expired five minutes ago.", {
      expiresInS: -300,
    }),
    refused(
      "Country not on the list",
      "country-not-allowed",
      "The number is in Germany, which is not on the list.",
      { phoneNumber: "+4915112345678" },
      enforced,
      {
        name: "PHONE_POLICY_ALLOWED_COUNTRIES",
        value: "US",
        isMet: (list) => list !== "" && !list.includes("DE"),
      },
    ),
    refused(
      "Blocked country",
      "country-blocked",
      "The number is in France, which is blocked.",
      { phoneNumber: "+33612345678" },
      enforced,
      {
        name: "PHONE_POLICY_BLOCKED_COUNTRIES",
        value: "FR",
        isMet: (list) => list.includes("FR"),
      },
    ),
    refused(
      "Blocked range",
      "range-blocked",
      "The number is in a blocked range.",
      { phoneNumber: "+447700900123" },
      enforced,
      {
        name: "PHONE_POLICY_BLOCKED_RANGES",
        value: "+4477009",
        isMet: (list) => list.includes("+4477009"),
      },
    ),
    ...optionalChannels.map((channel) =>
      refused(
        `${messageNames[channel]} is off`,
        `${channel}-off`,
        "The channel is not set up.",
        { channel },
        { name: `EIGHT_BY_EIGHT_${channel.toUpperCase()}_SUBACCOUNT`, value: "" },
      ),
    ),
  ],
  "The guard": [
    {
      name: "A seventh enrollment",
      expected: "refused user-limit",
      repeat: 7,
      needs: [{ name: "GUARD_MODE", value: "enforce" }],
      says: "The guard accepts six enrollment codes a day for a user.",
      send: { phoneNumber: "+12025550199", requestType: "com.okta.user.telephony.pre-enrollment" },
    },
  ],
  "8x8 rejects the code": rejections,
  "8x8 accepts the code, and it does not arrive as sent": badReceipts,
};
