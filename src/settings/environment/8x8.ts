import * as z from "zod";
import { parseJson } from "../../privacy/json.ts";
import {
  languageOf,
  languages,
  normalizeLocale,
  smsTextLimit,
  type VoiceProfiles,
} from "../../rules/texts.ts";
import { byCountry, choice, invalid, matching, origin } from "./validators.ts";

// https://developer.8x8.com/connect/docs/send-sms-api-reference
const subAccount = matching(
  /^[\w\-.&]{3,50}$/,
  "is not an 8x8 sub-account (3 to 50 letters, digits, _ - . &)",
);
const sender = matching(
  /^(?=\S)(?:[\da-z ]{1,11}|\+?\d{1,15})(?<=\S)$/i,
  "is not a sender (1 to 11 letters and digits, or a number)",
);
const source = matching(
  /^\+?[1-9]\d{6,14}$/,
  "is not a phone number (7 to 15 digits, with or without +)",
);
const senders = byCountry(
  sender.nullable().transform((name) => name ?? undefined),
  'is not a JSON object such as {"US":"+18335550100","*":"Acme"} (country, +calling code or *: a sender, or null)',
);
const sources = byCountry(
  source,
  'is not a JSON object such as {"SG":"+6588000000","*":"+18335550100"} (country, +calling code or *: a phone number)',
).refine((map) => map.has("*"), {
  error: "has no *, and 8x8 refuses a call without a calling number",
});

const voices = z.record(z.string(), z.string().regex(/^[\w-]{1,100}$/));

/** `{"en":"en-GB-Emma","de-AT":"…"}` → voices by language or locale. English has a default. */
const voiceProfiles = z.string().transform((text, context): VoiceProfiles => {
  const written = voices.safeParse(parseJson(text)).data;
  if (written === undefined)
    return invalid(context, 'is not a JSON object of names of voices such as {"en":"en-GB-Emma"}');
  if (!Object.keys(written).every(languageOf))
    return invalid(
      context,
      `names a language in which the app has no sentence; use one of: ${languages.join(", ")}`,
    );
  const profiles = new Map(
    Object.entries(written).map(([locale, voice]) => [normalizeLocale(locale), voice]),
  );
  const hasEnglish = [...profiles.keys()].some((locale) => languageOf(locale) === "en");
  return hasEnglish ? profiles : profiles.set("en", "en-GB-Emma");
});

const longestCode = "0".repeat(10);

const text = z
  .string()
  // Okta's notation `${code}` is refused, because the dollar sign would be sent. A digit next to
  // the code would look like a part of the code.
  .refine((written) => /^[^{}]*(?<![$\d])\{code\}(?!\d)[^{}]*$/.test(written))
  .refine((written) => written.replace("{code}", longestCode).length <= smsTextLimit);
const textForAll = text.transform(
  (written): ReadonlyMap<string, string> => new Map([["*", written]]),
);

const textByLanguage = z
  .record(z.string(), text)
  .refine((texts) => {
    const named = Object.keys(texts).map(normalizeLocale);
    // `de_at` and `de-AT` are the same language, which must not have two texts.
    const isUnique = new Set(named).size === named.length;
    return isUnique && named.includes("*") && named.every(isLanguage);
  })
  .transform((texts): ReadonlyMap<string, string> => {
    const entries = Object.entries(texts);
    return new Map(entries.map(([language, written]) => [normalizeLocale(language), written]));
  });

function isLanguage(key: string): boolean {
  return /^(?:\*|[a-z]{2,3}(?:-[a-z\d]{2,8})*)$/.test(key);
}

/** `{"IN":"Your Acme code is {code}","CA":{"fr":"…","*":"…"}}` → texts by country and language. */
const templates = byCountry(
  z.union([textForAll, textByLanguage]),
  `is not a JSON object such as {"IN":"Your Acme code is {code}"} (country, +calling code or *: a text of up to ${smsTextLimit} characters with one {code} and no other braces; or {"hi":…,"*":…}, such texts by language)`,
);

const sandbox = "http://127.0.0.1:7072";

export const eightByEight = {
  EIGHT_BY_EIGHT_SMS_URL: origin.prefault("https://sms.8x8.com").meta({
    description: "Host of your [8x8 region](set-up-8x8.md#1-account-and-region).",
    onLaptop: sandbox,
  }),
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: subAccount.meta({
    description: "8x8's sub-account for SMS.",
    needed: "always",
    onLaptop: "local_sms",
  }),
  EIGHT_BY_EIGHT_SMS_SENDER: sender.optional().meta({
    description:
      "One sender for all countries: up to 11 letters, digits and spaces, or a number. Unset: 8x8 chooses.",
  }),
  EIGHT_BY_EIGHT_SMS_SENDERS: senders.optional().meta({
    description:
      'JSON: the [sender by country](set-up-8x8.md#senders-by-country), in place of one sender: `{"US":"+18335550100","SG":"ACME","*":"Acme"}`. `null`: 8x8 chooses.',
  }),
  MESSAGE_TEMPLATES: templates.optional().meta({
    description:
      'JSON: the text by country, in place of Okta\'s text, if operators require a [registered text](set-up-8x8.md#registered-texts): `{"IN":"Your Acme code is {code}"}`. By language: `{"IN":{"hi":"…","*":"…"}}`.',
  }),
  EIGHT_BY_EIGHT_VOICE_URL: origin.prefault("https://voice.8x8.com").meta({
    description: "8x8's host for calls.",
    onLaptop: sandbox,
  }),
  EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: subAccount.optional().meta({
    description:
      "8x8's sub-account for calls, which also need a number that calls. Unset: no calls.",
    onLaptop: "local_voice",
  }),
  EIGHT_BY_EIGHT_VOICE_SOURCE: source.optional().meta({
    description: "The [number that calls](set-up-8x8.md#6-number-that-calls).",
    onLaptop: "+6588000000",
  }),
  EIGHT_BY_EIGHT_VOICE_SOURCES: sources.optional().meta({
    description:
      'JSON: for each country, the number that calls, in place of one number: `{"SG":"+6588000000","*":"+18335550100"}`. `*` is required.',
  }),
  EIGHT_BY_EIGHT_VOICE_PROFILES: voiceProfiles.prefault('{"en":"en-GB-Emma"}').meta({
    description: "JSON: [8x8's voice](set-up-8x8.md#7-voices) by language or locale.",
  }),
  EIGHT_BY_EIGHT_CLIENT_IP: choice("send", "omit").meta({
    description:
      "Whether 8x8 gets the end user's public IP address. 8x8's limits tell users apart by this address.",
  }),
  EIGHT_BY_EIGHT_FEEDBACK: choice("omit", "send").meta({
    description:
      "`send`: the app tells 8x8 which SMS codes were used (`track: Outcome`). This needs [Okta's events](set-up-okta.md#events) and `STATE_TABLE_URL`.",
  }),
};
