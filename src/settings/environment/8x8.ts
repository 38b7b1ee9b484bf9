import { byCountry } from "./by-country.ts";
import { choice, form, origin, secretName, voiceProfiles } from "./forms.ts";
import { templates } from "./templates.ts";

// https://developer.8x8.com/connect/docs/send-sms-api-reference
const subAccount = form(/^[\w\-.&]{3,50}$/, "is not an 8x8 sub-account (3 to 50 letters, digits, _ - . &)");
const sender = form(
  /^(?=\S)(?:[\da-z ]{1,11}|\+?\d{1,15})(?<=\S)$/i,
  "is not a sender (1 to 11 letters and digits, or a number)",
);
const source = form(/^\+?[1-9]\d{6,14}$/, "is not a phone number (7 to 15 digits, with or without +)");
const senders = byCountry(
  sender.nullable().transform((name) => name ?? undefined),
  'is not a JSON object such as {"US":"+18335550100","*":"Acme"} (country, +calling code or *: a sender, or null)',
);
const sources = byCountry(
  source,
  'is not a JSON object such as {"SG":"+6588000000","*":"+18335550100"} (country, +calling code or *: a phone number)',
).refine((map) => map.has("*"), { error: "has no *: 8x8 takes no call without a number that calls" });

/** Where the sandbox of `npm start` listens. */
const sandbox = "http://127.0.0.1:7072";

export const eightByEight = {
  EIGHT_BY_EIGHT_API_KEY_NAME: secretName.default("eight-by-eight-api-key").meta({
    description: "The API key's name in the vault. The newest enabled version is used.",
  }),
  EIGHT_BY_EIGHT_SMS_URL: origin.prefault("https://sms.8x8.com").meta({
    description: "Host of your 8x8 region: also `sms.us.8x8.com`, `sms.8x8.uk`, `sms.8x8.id`.",
    onLaptop: sandbox,
  }),
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: subAccount.optional().meta({
    description: "8x8's sub-account for SMS.",
    needed: "always",
    onLaptop: "local_sms",
  }),
  EIGHT_BY_EIGHT_SMS_SENDER: sender.optional().meta({
    description: "Sender: 11 letters and digits, or a number; without it, 8x8 chooses one.",
  }),
  EIGHT_BY_EIGHT_SMS_SENDERS: senders.optional().meta({
    description:
      'JSON, instead of one sender: country, `+` and a calling code for its numbers whose country nobody knows, or `*` for the rest → [its sender](set-up-8x8.md#senders-by-country): `{"US":"+18335550100","SG":"ACME","*":"Acme"}`. `null`, and the rest without `*`: 8x8 chooses.',
  }),
  MESSAGE_TEMPLATES: templates.optional().meta({
    description:
      'JSON: country, `+` and a calling code or `*`, as with the senders → text of an SMS in place of Okta\'s, where operators [compare it with a registered one](set-up-8x8.md#registered-texts): `{"IN":"Your Acme code is {code}"}`. By language: `{"IN":{"hi":"…","*":"…"}}`.',
  }),
  EIGHT_BY_EIGHT_VOICE_URL: origin.prefault("https://voice.8x8.com").meta({
    description: "Host for calls; 8x8 documents no other region.",
    onLaptop: sandbox,
  }),
  EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: subAccount.optional().meta({
    description:
      "8x8's sub-account for calls. With the next one: voice is on; without both, a voice request is refused; one alone is wrong.",
    onLaptop: "local_voice",
  }),
  EIGHT_BY_EIGHT_VOICE_SOURCE: source.optional().meta({
    description: "The number that calls; 8x8 has to have it on its list.",
    onLaptop: "+6588000000",
  }),
  EIGHT_BY_EIGHT_VOICE_SOURCES: sources.optional().meta({
    description:
      'JSON, instead of one number: as the senders, but each is a number, and there is a `*`: `{"SG":"+6588000000","*":"+18335550100"}`.',
  }),
  EIGHT_BY_EIGHT_VOICE_PROFILES: voiceProfiles.prefault('{"en":"en-GB-Emma"}').meta({
    description:
      "JSON: language or locale → 8x8's voice. Sentence and voice share one language (en, de, fr, es, it, pt, nl, ja, zh, ko, id, th); without a voice for it, English.",
  }),
  EIGHT_BY_EIGHT_CLIENT_IP: choice("send", "omit").meta({
    description: "Whether the end user's public address is passed on, for 8x8's rate rules.",
  }),
  EIGHT_BY_EIGHT_FEEDBACK: choice("omit", "send").meta({
    description:
      "`send`: SMS go out with `track: Outcome`, and 8x8 learns of codes that were used. Needs [Okta's events](set-up-okta.md#events) and `STATE_TABLE_URL`.",
  }),
  RECEIPT_SECRET_NAME: secretName.default("receipt-secret").meta({
    description:
      "Name in the vault of what 8x8 sends in `Authorization` (without `Bearer`) with its [receipts](set-up-8x8.md#10-receipts). The two newest enabled versions hold. Without that secret `/api/8x8/receipts` is 404.",
  }),
};
