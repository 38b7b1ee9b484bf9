import type { ChannelSettings } from "../8x8/provider.ts";
import type { ByCountry, PhonePolicy } from "../rules/phone-policy.ts";
import type { GuardSettings } from "../guard/guard.ts";
import type { Environment, Given } from "./environment.ts";
import { createSecretRows } from "./secret-list.ts";

export type Config = ReturnType<typeof createConfig>;

export function createConfig(env: Environment, given: Given) {
  const phonePolicy: PhonePolicy = {
    mode: env.PHONE_POLICY_MODE,
    allowedCountries: env.PHONE_POLICY_ALLOWED_COUNTRIES ?? [],
    blockedCountries: env.PHONE_POLICY_BLOCKED_COUNTRIES ?? [],
    allowedCallingCodes: env.PHONE_POLICY_ALLOWED_CALLING_CODES ?? [],
    blockedRanges: env.PHONE_POLICY_BLOCKED_RANGES ?? [],
    defaultCountry: env.PHONE_DEFAULT_COUNTRY,
  };
  return Object.freeze({
    authHeader: env.OKTA_AUTH_HEADER,
    accessTokens: createTokenSettings(env),
    // If Okta signs in with tokens, its 3 s include the time to get a token.
    budgetMs: env.HOOK_BUDGET_MS ?? (env.OKTA_HOOK_AUTH === "secret" ? 2_500 : 2_000),
    vaultUrl: env.KEY_VAULT_URL,
    secrets: createSecretRows(env, given),
    secretAge: {
      maxAgeMs: env.SECRET_MAX_AGE_MINUTES * 60_000,
      outageMs: env.SECRET_OUTAGE_HOURS * 3_600_000,
    },
    channels: createChannelSettings(env),
    secondHook:
      env.SECOND_HOOK_URL === undefined
        ? undefined
        : { url: env.SECOND_HOOK_URL, header: env.SECOND_HOOK_HEADER },
    /** Used only if there is a second hook. */
    order: {
      firstFor: env.SECOND_HOOK_FIRST_FOR ?? { countries: [], percent: 0 },
      onResend: env.SECOND_HOOK_ON_RESEND,
    },
    phonePolicy,
    rangeInLog: env.PHONE_RANGE_IN_LOG === "send",
    answerPolicy: { refused: env.REFUSED_ANSWER, unconfirmed: env.UNCONFIRMED_ANSWER },
    guard: createGuardSettings(env),
    state: createStateSettings(env),
  });
}

/** Undefined if Okta signs in with the secret, or if a setting is missing, which is a problem. */
function createTokenSettings({
  OKTA_HOOK_AUTH: auth,
  OKTA_TOKEN_ISSUER: issuer,
  OKTA_TOKEN_AUDIENCE: audience,
  OKTA_TOKEN_CLIENT_ID: clientId,
  OKTA_TOKEN_SCOPE: scope,
  OKTA_TOKEN_KEYS_URL: keysUrl,
}: Environment) {
  if (auth === "secret" || !issuer || !audience || !clientId || !scope) return undefined;
  // The default is the URL of Okta's custom authorization servers:
  // https://developer.okta.com/docs/concepts/key-rotation/
  return { issuer, audience, clientId, scope, keysUrl: keysUrl ?? `${issuer}/v1/keys` };
}

function createChannelSettings(env: Environment): ChannelSettings {
  return {
    sms: {
      url: env.EIGHT_BY_EIGHT_SMS_URL,
      subAccount: env.EIGHT_BY_EIGHT_SMS_SUBACCOUNT,
      senders: env.EIGHT_BY_EIGHT_SMS_SENDERS ?? forAll(env.EIGHT_BY_EIGHT_SMS_SENDER),
      templates: env.MESSAGE_TEMPLATES ?? new Map(),
      sendClientIp: env.EIGHT_BY_EIGHT_CLIENT_IP === "send",
      sendFeedback: env.EIGHT_BY_EIGHT_FEEDBACK === "send",
    },
    voice: createVoiceSettings(env),
  };
}

function createVoiceSettings(env: Environment): ChannelSettings["voice"] {
  const { EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: subAccount } = env;
  if (subAccount === undefined) return undefined;
  return {
    url: env.EIGHT_BY_EIGHT_VOICE_URL,
    subAccount,
    sources: env.EIGHT_BY_EIGHT_VOICE_SOURCES ?? forAll(env.EIGHT_BY_EIGHT_VOICE_SOURCE),
    profiles: env.EIGHT_BY_EIGHT_VOICE_PROFILES,
  };
}

function forAll(sender: string | undefined): ByCountry<string> {
  return new Map(sender === undefined ? [] : [["*", sender]]);
}

function createGuardSettings(env: Environment): GuardSettings | undefined {
  if (env.GUARD_MODE === "off") return undefined;
  return {
    mode: env.GUARD_MODE,
    countryLimits: env.GUARD_COUNTRY_LIMITS ?? new Map(),
    exemptRanges: env.GUARD_EXEMPT_RANGES ?? [],
  };
}

/** A laptop keeps sent codes in memory, because it has no identity for a table. */
function createStateSettings({ KEY_VAULT_URL: vaultUrl, STATE_TABLE_URL: url }: Environment) {
  if (vaultUrl === undefined) return { in: "memory" } as const;
  return url === undefined ? ({ in: "nothing" } as const) : ({ in: "table", url } as const);
}
