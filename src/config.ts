import type { SmsSettings } from "./8x8/sms.ts";
import type { VoiceSettings } from "./8x8/voice.ts";
import type { PhonePolicy } from "./delivery/phone-policy.ts";
import type { AnswerPolicy } from "./okta/answer.ts";
import { parseCountries, parseDefaultCountry, parseProfiles } from "./setting-values.ts";
import { localSettingNames, type SettingName } from "./setting-names.ts";
import { createSettingsReader, type Environment, type Problem } from "./settings-reader.ts";

export interface Config {
  readonly authHeader: string;
  /** Milliseconds for the whole request. */
  readonly budgetMs: number;
  readonly secrets: VaultSecrets | LocalSecrets;
  readonly sms: SmsSettings & { readonly url: string };
  readonly voice: (VoiceSettings & { readonly url: string }) | undefined;
  readonly phonePolicy: PhonePolicy;
  readonly answerPolicy: AnswerPolicy;
}

export interface VaultSecrets {
  readonly from: "vault";
  readonly url: string;
  readonly clientId: string;
  readonly hookSecretName: string;
  readonly apiKeyName: string;
  readonly phoneHashKeyName: string;
}

export interface LocalSecrets {
  readonly from: "local";
  readonly hookSecret: string;
  readonly apiKey: string;
}

/** Where telemetry goes. It is known even where other settings are wrong, so that this can be told. */
export interface ExportSettings {
  readonly connectionString: string;
  /** The identity to authenticate with; on a laptop there is none. */
  readonly clientId: string | undefined;
}

export interface Settings {
  /** Undefined where there are problems. */
  readonly config: Config | undefined;
  readonly problems: readonly Problem[];
  readonly telemetry: ExportSettings | undefined;
}

export function loadSettings(env: Environment): Settings {
  const read = createSettingsReader<SettingName>(env);
  const config: Config = {
    authHeader: read.text("OKTA_AUTH_HEADER", { default: "authorization", matches: headerName }),
    budgetMs: read.integer("HOOK_BUDGET_MS", { default: 2500, from: 500, to: 2700 }),
    secrets: readSecrets(read, env["AZURE_FUNCTIONS_ENVIRONMENT"] === "Development"),
    sms: {
      url: read.origin("EIGHT_BY_EIGHT_SMS_URL", "https://sms.8x8.com"),
      subAccount: read.text("EIGHT_BY_EIGHT_SMS_SUBACCOUNT", { required: true, matches: subAccount }),
      sender: read.optional("EIGHT_BY_EIGHT_SMS_SENDER", sender),
      sendClientIp: read.choice("EIGHT_BY_EIGHT_CLIENT_IP", ["send", "omit"]) === "send",
    },
    voice: readVoice(read),
    phonePolicy: {
      mode: read.choice("PHONE_POLICY_MODE", ["enforce", "record"]),
      allowedCountries: read.parsed("PHONE_POLICY_ALLOWED_COUNTRIES", "", parseCountries),
      blockedCountries: read.parsed("PHONE_POLICY_BLOCKED_COUNTRIES", "", parseCountries),
      defaultCountry: read.parsed("PHONE_DEFAULT_COUNTRY", "", parseDefaultCountry),
    },
    answerPolicy: {
      refused: read.choice("REFUSED_ANSWER", ["failed", "suppress"]),
      unconfirmed: read.choice("UNCONFIRMED_ANSWER", ["failed", "pending"]),
    },
  };
  if (read.has("PHONE_POLICY_ALLOWED_COUNTRIES") && read.has("PHONE_POLICY_BLOCKED_COUNTRIES"))
    read.problem("PHONE_POLICY_BLOCKED_COUNTRIES", "is set beside PHONE_POLICY_ALLOWED_COUNTRIES; keep one of the two");
  const telemetry = readExport(read);
  return { config: read.problems.length === 0 ? Object.freeze(config) : undefined, problems: read.problems, telemetry };
}

type Reader = ReturnType<typeof createSettingsReader<SettingName>>;

const headerName = /^[\w!#$%&'*+.^`|~-]+$/;
const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
// https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates
const secretName = /^[\da-z-]{1,127}$/i;
// https://developer.8x8.com/connect/docs/send-sms-api-reference
const subAccount = /^[\w\-.&]{3,50}$/;
const sender = /^(?:[\da-z ]{1,11}|\+?\d{1,15})$/i;

function readVoice(read: Reader): Config["voice"] {
  const url = read.origin("EIGHT_BY_EIGHT_VOICE_URL", "https://voice.8x8.com");
  const account = read.optional("EIGHT_BY_EIGHT_VOICE_SUBACCOUNT", subAccount);
  const source = read.optional("EIGHT_BY_EIGHT_VOICE_SOURCE", /^\+?[1-9]\d{6,14}$/);
  const profiles = read.parsed("EIGHT_BY_EIGHT_VOICE_PROFILES", '{"en":"en-GB-Emma"}', parseProfiles);
  if (account !== undefined && source !== undefined) return { url, subAccount: account, source, profiles };
  if (account !== undefined)
    read.problem("EIGHT_BY_EIGHT_VOICE_SOURCE", "is missing beside EIGHT_BY_EIGHT_VOICE_SUBACCOUNT");
  if (source !== undefined)
    read.problem("EIGHT_BY_EIGHT_VOICE_SUBACCOUNT", "is missing beside EIGHT_BY_EIGHT_VOICE_SOURCE");
  return undefined;
}

function readSecrets(read: Reader, laptop: boolean): Config["secrets"] {
  const names = {
    hookSecretName: read.text("OKTA_HOOK_SECRET_NAME", { default: "okta-hook-secret", matches: secretName }),
    apiKeyName: read.text("EIGHT_BY_EIGHT_API_KEY_NAME", { default: "eight-by-eight-api-key", matches: secretName }),
    phoneHashKeyName: read.text("PHONE_HASH_SECRET_NAME", { default: "phone-hash-key", matches: secretName }),
  };
  if (laptop && !read.has("KEY_VAULT_URL")) {
    const [hookSecret, apiKey] = localSettingNames.map((name) => read.text(name, { required: true }));
    return { from: "local", hookSecret: hookSecret ?? "", apiKey: apiKey ?? "" };
  }
  for (const name of localSettingNames)
    if (read.has(name))
      read.problem(name, "holds a secret, which only a laptop's settings may; remove it and change the secret");
  const clientId = read.text("AZURE_CLIENT_ID", { required: true, matches: guid });
  return { from: "vault", url: read.origin("KEY_VAULT_URL"), clientId, ...names };
}

// https://learn.microsoft.com/azure/azure-monitor/app/connection-strings
const connectionString = /(?:^|;)\s*InstrumentationKey=[\da-f-]{36}(?:;|$)/i;

function readExport(read: Reader): ExportSettings | undefined {
  const text = read.text("APPLICATIONINSIGHTS_CONNECTION_STRING", { matches: connectionString });
  if (!connectionString.test(text)) return undefined;
  return { connectionString: text, clientId: read.text("AZURE_CLIENT_ID") || undefined };
}
