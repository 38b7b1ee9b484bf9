import * as z from "zod";
import { budgets, limits, ranges } from "./guard-forms.ts";
import {
  callingCodes,
  choice,
  countries,
  defaultCountry,
  form,
  origin,
  urlWithPath,
  voiceProfiles,
  wholeNumber,
} from "./setting-forms.ts";

const guid = form(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i, "is not a client id (a GUID)");
// https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates
const secretName = form(
  /^[\da-z-]{1,127}$/i,
  "is not the name of a Key Vault secret (1 to 127 letters, digits, hyphens)",
);
// What clients, proxies and the platform read, set or take away by themselves.
const usedByHttp =
  /^(?:accept(?:-.+)?|age|cache-control|connection|content-.+|cookie|date|expect|forwarded|from|host|if-.+|keep-alive|max-forwards|origin|pragma|proxy-.+|range|referer|te|trailer|transfer-encoding|upgrade|user-agent|via|x-forwarded-.+)$/i;
const headerName = form(/^[\w!#$%&'*+.^`|~-]+$/, "is not the name of an HTTP header").refine(
  (name) => !usedByHttp.test(name),
  { error: "is a header that HTTP itself uses" },
);
const clientOfTokens = form(/^[\w-]{1,100}$/, "is not the client id of an app (such as 0oa…)");
// https://www.rfc-editor.org/rfc/rfc6749#section-3.3
const scope = form(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/, "is not one scope (such as telephony.send)");
const audience = form(/^[\x21-\x7e]{1,500}$/, "is not an audience (such as https://otp.example.com)").refine(
  (name) => name.toLowerCase() !== "api://default",
  { error: "is the audience of every token of Okta's default authorization server; use a server of your own" },
);
// https://developer.8x8.com/connect/docs/send-sms-api-reference
const subAccount = form(/^[\w\-.&]{3,50}$/, "is not an 8x8 sub-account (3 to 50 letters, digits, _ - . &)");
const sender = form(/^(?:[\da-z ]{1,11}|\+?\d{1,15})$/i, "is not a sender (1 to 11 letters and digits, or a number)");
const source = form(/^\+?[1-9]\d{6,14}$/, "is not a phone number (7 to 15 digits, with or without +)");
// https://learn.microsoft.com/azure/azure-monitor/app/connection-strings
const connectionString = form(
  /(?:^|;)\s*InstrumentationKey=[\da-f-]{36}(?:;|$)/i,
  "is not a connection string (InstrumentationKey=…;IngestionEndpoint=…)",
);

/** Every setting there is, in the order of docs/configure.md. The names are a contract with Bicep, docs and example. */
export const environment = z.object({
  KEY_VAULT_URL: origin.optional(),
  AZURE_CLIENT_ID: guid.optional(),
  OKTA_HOOK_AUTH: choice("secret", "token", "either"),
  OKTA_AUTH_HEADER: headerName.default("authorization"),
  OKTA_HOOK_SECRET_NAME: secretName.default("okta-hook-secret"),
  OKTA_TOKEN_ISSUER: urlWithPath.optional(),
  OKTA_TOKEN_AUDIENCE: audience.optional(),
  OKTA_TOKEN_CLIENT_ID: clientOfTokens.optional(),
  OKTA_TOKEN_SCOPE: scope.optional(),
  OKTA_TOKEN_KEYS_URL: urlWithPath.optional(),
  OKTA_EVENT_SECRET_NAME: secretName.default("okta-event-secret"),
  RECEIPT_SECRET_NAME: secretName.default("receipt-secret"),
  EIGHT_BY_EIGHT_API_KEY_NAME: secretName.default("eight-by-eight-api-key"),
  SECRET_MAX_AGE_MINUTES: wholeNumber(6, 1440).prefault("10"),
  SECRET_OUTAGE_HOURS: wholeNumber(1, 720).prefault("72"),
  EIGHT_BY_EIGHT_SMS_URL: origin.prefault("https://sms.8x8.com"),
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: subAccount.optional(),
  EIGHT_BY_EIGHT_SMS_SENDER: sender.optional(),
  EIGHT_BY_EIGHT_VOICE_URL: origin.prefault("https://voice.8x8.com"),
  EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: subAccount.optional(),
  EIGHT_BY_EIGHT_VOICE_SOURCE: source.optional(),
  EIGHT_BY_EIGHT_VOICE_PROFILES: voiceProfiles.prefault('{"en":"en-GB-Emma"}'),
  EIGHT_BY_EIGHT_CLIENT_IP: choice("send", "omit"),
  EIGHT_BY_EIGHT_FEEDBACK: choice("omit", "send"),
  PHONE_POLICY_ALLOWED_COUNTRIES: countries.optional(),
  PHONE_POLICY_BLOCKED_COUNTRIES: countries.optional(),
  PHONE_POLICY_ALLOWED_CALLING_CODES: callingCodes.optional(),
  PHONE_POLICY_MODE: choice("enforce", "record"),
  PHONE_HASH_SECRET_NAME: secretName.default("phone-hash-key"),
  PHONE_DEFAULT_COUNTRY: defaultCountry.optional(),
  REFUSED_ANSWER: choice("failed", "suppress"),
  UNCONFIRMED_ANSWER: choice("failed", "pending"),
  GUARD_MODE: choice("record", "enforce", "off"),
  GUARD_NUMBER_CODES: limits.prefault("8/hour,20/day"),
  GUARD_USER_CODES: limits.prefault("10/hour"),
  GUARD_USER_NUMBERS: limits.prefault("3/day"),
  GUARD_RANGE_UNVERIFIED: limits.prefault("10/hour"),
  GUARD_COUNTRY_UNVERIFIED: limits.prefault("20/hour,40/day"),
  GUARD_COUNTRY_BUDGET: budgets.optional(),
  GUARD_EXEMPT_RANGES: ranges.optional(),
  HOOK_BUDGET_MS: wholeNumber(500, 2700).optional(),
  STATE_TABLE_URL: origin.optional(),
  APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString.optional(),
});

export type Environment = z.infer<typeof environment>;
export type SettingName = keyof Environment | LocalSettingName;

export const settingNames = Object.keys(environment.shape) as (keyof Environment)[];

/** On a laptop the values themselves; anywhere else their presence is an error. */
export const requiredLocalSettingNames = ["OKTA_HOOK_SECRET", "EIGHT_BY_EIGHT_API_KEY"] as const;
export const localSettingNames = [...requiredLocalSettingNames, "OKTA_EVENT_SECRET", "RECEIPT_SECRET"] as const;
export type LocalSettingName = (typeof localSettingNames)[number];

const prefixes = /^(?:OKTA|EIGHT_BY_EIGHT|RECEIPT|SECRET|PHONE|REFUSED|UNCONFIRMED|GUARD|HOOK|STATE)_/i;

/** Names that look like ours and are not: typing errors, most likely. */
export function unknownSettings(names: readonly string[]): string[] {
  const known = new Set<string>([...settingNames, ...localSettingNames]);
  return names.filter((name) => prefixes.test(name) && !known.has(name));
}
