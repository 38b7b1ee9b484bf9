import { optionalChannels } from "../../../../src/delivery/channels.ts";
import { messageNames } from "../channels.ts";
import type { SendHook } from "../protocol.ts";
import {
  noCredit,
  nobodyKnows,
  outOfReach,
  saysNo,
  senderNotTaken,
  slow,
} from "./fault-presets.ts";
import type { Preset } from "./preset.ts";

const refused = (
  name: string,
  reason: string,
  says: string,
  send: Partial<SendHook>,
  ...needs: NonNullable<Preset["needs"]>
): Preset => ({ name, says, outcome: `refused ${reason}`, send, needs });

/** The policy refuses only in this mode. */
const enforced = { name: "PHONE_POLICY_MODE", value: "enforce" };

/** Grouped by outcome. This file does not use the DOM, so that a test can send each preset. */
export const presets: Readonly<Record<string, readonly Preset[]>> = {
  "Gets through": [
    { name: "SMS", says: "Okta's own text, by SMS.", outcome: "accepted", send: {} },
    {
      name: "Call in German",
      says: "Read aloud, digit by digit.",
      outcome: "accepted",
      send: { channel: "voice", locale: "de-DE" },
    },
    {
      name: "SMS without Okta's text",
      says: "The app writes the sentence, in Japanese.",
      outcome: "accepted",
      send: { locale: "ja-JP", template: null },
    },
    slow,
  ],
  "The app refuses": [
    refused("Impossible number", "impossible-number", "No such number can exist.", {
      phoneNumber: "+1202555",
    }),
    refused("Extension", "number-with-extension", "A switchboard would hear the code.", {
      phoneNumber: "+12025550123 x5",
    }),
    refused(
      "National number",
      "national-number-without-default-country",
      "It does not say of which country it is.",
      { phoneNumber: "9876543210" },
      { name: "PHONE_DEFAULT_COUNTRY", value: "" },
    ),
    refused(
      "Satellite",
      "unserved-calling-code",
      "A calling code of no country.",
      { phoneNumber: "+870773111632" },
      enforced,
    ),
    refused(
      "Premium number",
      "premium-number",
      "Its owner is paid for each code.",
      { phoneNumber: "+19005550123" },
      enforced,
    ),
    refused("Expired code", "expired-code", "It expired more than a minute ago.", {
      expiresInS: -300,
    }),
    refused(
      "Country not on the list",
      "country-not-allowed",
      "Germany, which the list leaves out.",
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
      "A number of France.",
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
      "A number that begins like a blocked one.",
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
      name: "A ninth enrollment",
      outcome: "refused user-limit",
      repeat: 9,
      needs: [{ name: "GUARD_MODE", value: "enforce" }],
      says: "Nine in a day, used or not, are more than a user needs.",
      send: { phoneNumber: "+12025550199", requestType: "com.okta.user.telephony.pre-enrollment" },
    },
  ],
  "8x8 says no": [...saysNo, noCredit],
  "The country does not take the sender": senderNotTaken,
  "8x8 gives no clear answer": nobodyKnows,
  "8x8 is unavailable": outOfReach,
  "Not readable, or not from Okta": [
    {
      name: "Code of two digits",
      says: "Okta's codes have 4 to 10.",
      outcome: "malformed not-an-otp-code",
      send: { code: "12" },
    },
    {
      name: "Wrong secret",
      says: "A caller that is not Okta.",
      outcome: "unauthenticated wrong-secret",
      send: { wrongSecret: true },
    },
  ],
};
