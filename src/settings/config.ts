import type { ChannelSettings } from "../8x8/channels.ts";
import type { PhonePolicy } from "../delivery/phone-policy.ts";
import type { GuardSettings } from "../guard/guarded-code.ts";
import type { AnswerPolicy } from "../okta/telephony-answer.ts";
import { createChannelSettings } from "./channels.ts";
import type { Environment } from "./environment.ts";
import type { SecretSources } from "./secrets.ts";
import { createTokenSettings, type TokenSettings } from "./token-settings.ts";

export interface Config {
  readonly authHeader: string;
  /** Undefined where no access tokens are accepted. */
  readonly accessTokens: TokenSettings | undefined;
  /** Milliseconds for the whole request. */
  readonly budgetMs: number;
  readonly secrets: SecretSources;
  readonly channels: ChannelSettings;
  readonly phonePolicy: PhonePolicy;
  readonly answerPolicy: AnswerPolicy;
  /** Undefined where codes are not counted. */
  readonly guard: GuardConfig | undefined;
  /** Where sent codes are kept until they are used. */
  readonly state: State;
}

export interface GuardConfig {
  readonly mode: "record" | "enforce";
  readonly settings: GuardSettings;
  /** Beginnings of numbers, with `+`. */
  readonly knownRanges: readonly string[];
  readonly exemptRanges: readonly string[];
}

export type State =
  { readonly in: "table"; readonly url: string; readonly clientId: string } | { readonly in: "memory" | "nothing" };

/** The environment in the program's words. Everything in it has its form, and nothing that is required is missing. */
export function createConfig(env: Environment, secrets: Config["secrets"]): Config {
  return Object.freeze({
    authHeader: env.OKTA_AUTH_HEADER,
    accessTokens: createTokenSettings(env),
    // Okta's 3 s hold the fetching of a token too.
    budgetMs: env.HOOK_BUDGET_MS ?? (env.OKTA_HOOK_AUTH === "secret" ? 2_500 : 2_000),
    secrets,
    channels: createChannelSettings(env),
    phonePolicy: {
      mode: env.PHONE_POLICY_MODE,
      allowedCountries: env.PHONE_POLICY_ALLOWED_COUNTRIES ?? [],
      blockedCountries: env.PHONE_POLICY_BLOCKED_COUNTRIES ?? [],
      allowedCallingCodes: env.PHONE_POLICY_ALLOWED_CALLING_CODES ?? [],
      blockedRanges: env.PHONE_POLICY_BLOCKED_RANGES ?? [],
      defaultCountry: env.PHONE_DEFAULT_COUNTRY,
    },
    answerPolicy: { refused: env.REFUSED_ANSWER, unconfirmed: env.UNCONFIRMED_ANSWER },
    guard: createGuardConfig(env),
    state: createState(env.STATE_TABLE_URL, secrets),
  });
}

function createGuardConfig(env: Environment): GuardConfig | undefined {
  if (env.GUARD_MODE === "off") return undefined;
  return {
    mode: env.GUARD_MODE,
    settings: createGuardSettings(env),
    knownRanges: env.GUARD_KNOWN_RANGES ?? [],
    exemptRanges: env.GUARD_EXEMPT_RANGES ?? [],
  };
}

export function createGuardSettings(env: Environment): GuardSettings {
  return {
    countryLimits: env.GUARD_COUNTRY_LIMITS ?? new Map(),
    countryBudget: env.GUARD_COUNTRY_BUDGET ?? new Map(),
    hasAllowList: env.PHONE_POLICY_ALLOWED_COUNTRIES !== undefined,
  };
}

/** A laptop has no identity with which it could use a table. */
function createState(url: string | undefined, secrets: Config["secrets"]): State {
  if (secrets.from === "local") return { in: "memory" };
  return url === undefined ? { in: "nothing" } : { in: "table", url, clientId: secrets.clientId };
}
