// Each setting of docs/configure.md that an operator chooses, at a value that is not its default.
import type { Choice } from "./examples.ts";

const setting = (name: string, value: string, more: Partial<Choice> = {}): Choice => ({
  of: value,
  settings: { [name]: value },
  ...more,
});

const tokens = {
  OKTA_TOKEN_ISSUER: "https://acme.okta.com/oauth2/aus1",
  OKTA_TOKEN_AUDIENCE: "https://otp.acme.test",
  OKTA_TOKEN_CLIENT_ID: "0oa2",
  OKTA_TOKEN_SCOPE: "telephony.send",
};
const byTokens = {
  auth: "token",
  tokenUrl: "https://acme.okta.com/oauth2/aus1/v1/token",
  clientId: "0oa2",
  scope: "telephony.send",
  hookKeyId: "HKY1",
};
const either: Choice = { of: "either", settings: { OKTA_HOOK_AUTH: "either", ...tokens } };
const voice = { EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "acme_calls", EIGHT_BY_EIGHT_VOICE_SOURCE: "+6588000002" };

/** By the setting. What has to stand beside it, as the documents say, is set with it; undefined takes one away. */
export const settingChoices: Readonly<Record<string, readonly Choice[]>> = {
  PHONE_HASH_SECRET_NAME: [setting("PHONE_HASH_SECRET_NAME", "acme-hash-key")],
  SECRET_MAX_AGE_MINUTES: [
    setting("SECRET_MAX_AGE_MINUTES", "60"),
    setting("SECRET_MAX_AGE_MINUTES", "1440", { breaks: { live: "secret-ages" } }),
  ],
  SECRET_OUTAGE_HOURS: [
    setting("SECRET_OUTAGE_HOURS", "168"),
    setting("SECRET_OUTAGE_HOURS", "1", { breaks: { live: "secret-ages" } }),
    setting("SECRET_OUTAGE_HOURS", "720", { breaks: { live: "secret-ages" } }),
  ],
  OKTA_HOOK_AUTH: [either, { of: "token", settings: { OKTA_HOOK_AUTH: "token", ...tokens }, hook: byTokens }],
  OKTA_AUTH_HEADER: [setting("OKTA_AUTH_HEADER", "X-Acme-Hook", { hook: { header: "x-acme-hook" } })],
  OKTA_HOOK_SECRET_NAME: [setting("OKTA_HOOK_SECRET_NAME", "acme-hook-secret")],
  OKTA_TOKEN_ISSUER: [either],
  OKTA_TOKEN_AUDIENCE: [either],
  OKTA_TOKEN_CLIENT_ID: [either],
  OKTA_TOKEN_SCOPE: [either],
  OKTA_TOKEN_KEYS_URL: [
    { of: "another place", settings: { ...either.settings, OKTA_TOKEN_KEYS_URL: "https://keys.acme.test/keys" } },
  ],
  OKTA_EVENT_SECRET_NAME: [setting("OKTA_EVENT_SECRET_NAME", "acme-event-secret")],
  HOOK_BUDGET_MS: [setting("HOOK_BUDGET_MS", "2000")],
  REFUSED_ANSWER: [setting("REFUSED_ANSWER", "suppress"), { of: "left out", settings: { REFUSED_ANSWER: undefined } }],
  UNCONFIRMED_ANSWER: [setting("UNCONFIRMED_ANSWER", "pending")],
  EIGHT_BY_EIGHT_API_KEY_NAME: [setting("EIGHT_BY_EIGHT_API_KEY_NAME", "acme-8x8-key")],
  EIGHT_BY_EIGHT_SMS_URL: ["https://sms.us.8x8.com", "https://sms.8x8.uk", "https://sms.8x8.id"].map((url) =>
    setting("EIGHT_BY_EIGHT_SMS_URL", url),
  ),
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: [setting("EIGHT_BY_EIGHT_SMS_SUBACCOUNT", "acme_other")],
  EIGHT_BY_EIGHT_SMS_SENDER: [
    setting("EIGHT_BY_EIGHT_SMS_SENDER", "ACME Bank"),
    setting("EIGHT_BY_EIGHT_SMS_SENDER", "+6588000000"),
  ],
  EIGHT_BY_EIGHT_SMS_SENDERS: [
    {
      of: "by country",
      settings: {
        EIGHT_BY_EIGHT_SMS_SENDER: undefined,
        EIGHT_BY_EIGHT_SMS_SENDERS: '{"US":"+18335550100","SG":"ACME","*":"Acme"}',
      },
    },
  ],
  MESSAGE_TEMPLATES: [setting("MESSAGE_TEMPLATES", '{"IN":{"hi":"Acme: {code}","*":"Your Acme code is {code}"}}')],
  EIGHT_BY_EIGHT_VOICE_URL: [
    setting("EIGHT_BY_EIGHT_VOICE_URL", "https://voice.acme.test", { breaks: { every: "sends-to-8x8" } }),
  ],
  EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: [
    { of: "calls", settings: voice },
    {
      of: "no calls",
      settings: { EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: undefined, EIGHT_BY_EIGHT_VOICE_SOURCE: undefined },
    },
  ],
  EIGHT_BY_EIGHT_VOICE_SOURCE: [{ of: "calls", settings: voice }],
  EIGHT_BY_EIGHT_VOICE_SOURCES: [
    {
      of: "by country",
      settings: {
        ...voice,
        EIGHT_BY_EIGHT_VOICE_SOURCE: undefined,
        EIGHT_BY_EIGHT_VOICE_SOURCES: '{"SG":"+6588000000","*":"+18335550100"}',
      },
    },
  ],
  EIGHT_BY_EIGHT_VOICE_PROFILES: [setting("EIGHT_BY_EIGHT_VOICE_PROFILES", '{"en":"en-GB-Emma","de":"de-DE-Katja"}')],
  EIGHT_BY_EIGHT_CLIENT_IP: [setting("EIGHT_BY_EIGHT_CLIENT_IP", "omit")],
  EIGHT_BY_EIGHT_FEEDBACK: [setting("EIGHT_BY_EIGHT_FEEDBACK", "send", { main: { stateTable: true } })],
  RECEIPT_SECRET_NAME: [setting("RECEIPT_SECRET_NAME", "acme-receipt-secret")],
  PHONE_POLICY_ALLOWED_COUNTRIES: [
    setting("PHONE_POLICY_ALLOWED_COUNTRIES", "DE,AT,CH"),
    {
      of: "left out",
      settings: { PHONE_POLICY_ALLOWED_COUNTRIES: undefined },
      breaks: { live: "countries-named", unpiped: "countries-named" },
    },
  ],
  PHONE_POLICY_BLOCKED_COUNTRIES: [
    {
      of: "instead of those that are served",
      settings: { PHONE_POLICY_ALLOWED_COUNTRIES: undefined, PHONE_POLICY_BLOCKED_COUNTRIES: "RU,KP" },
    },
  ],
  PHONE_POLICY_ALLOWED_CALLING_CODES: [setting("PHONE_POLICY_ALLOWED_CALLING_CODES", "870,881")],
  PHONE_POLICY_BLOCKED_RANGES: [setting("PHONE_POLICY_BLOCKED_RANGES", "+4470")],
  PHONE_POLICY_MODE: [setting("PHONE_POLICY_MODE", "record"), setting("PHONE_POLICY_MODE", "enforce")],
  PHONE_DEFAULT_COUNTRY: [setting("PHONE_DEFAULT_COUNTRY", "DE")],
  GUARD_MODE: [setting("GUARD_MODE", "enforce"), setting("GUARD_MODE", "off", { breaks: { live: "guard-on" } })],
  GUARD_COUNTRY_LIMITS: [setting("GUARD_COUNTRY_LIMITS", '{"US":{"enrollments":"20/40/4000","calls":100}}')],
  GUARD_COUNTRY_BUDGET: [setting("GUARD_COUNTRY_BUDGET", '{"US":5000,"*":200}')],
  GUARD_KNOWN_RANGES: [setting("GUARD_KNOWN_RANGES", "+4477009")],
  GUARD_EXEMPT_RANGES: [setting("GUARD_EXEMPT_RANGES", "+4477009,+65812")],
};
