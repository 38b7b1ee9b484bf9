import { createConfig, type Config } from "./config.ts";
import { isLoopback } from "./setting-forms.ts";
import {
  environment,
  localSettingNames,
  requiredLocalSettingNames,
  unknownSettings,
  type Environment,
  type LocalSettingName,
  type SettingName,
} from "./environment.ts";

/** A setting that is missing or wrong: its name, and what to do. Never its value, which may be a secret. */
export interface Problem {
  readonly name: string;
  readonly kind: "missing" | "wrong";
  readonly problem: string;
}

/** Where telemetry goes. It is known even where other settings are wrong, so that this can be told. */
export interface TelemetrySettings {
  readonly connectionString: string;
  /** The identity to authenticate with; on a laptop there is none. */
  readonly clientId: string | undefined;
}

export interface Settings {
  /** Undefined where there are problems. */
  readonly config: Config | undefined;
  /** All of them, so that an operator does not meet them one by one. */
  readonly problems: readonly Problem[];
  /** Names with one of our prefixes that no setting has. */
  readonly unknown: readonly string[];
  readonly telemetry: TelemetrySettings | undefined;
  /** There the secrets themselves may be settings, and events go to the screen. */
  readonly onLaptop: boolean;
}

/** Reads the environment. Empty means unset: Azure keeps a setting whose value was cleared. */
export function loadSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const entries = Object.entries(env).map(([name, value]) => [name, value?.trim()] as const);
  const given = Object.fromEntries(entries.filter(([, value]) => value));
  const has = (name: SettingName): boolean => given[name] !== undefined;
  const onLaptop = isLaptop(given) && !has("KEY_VAULT_URL");

  const parsed = environment.safeParse(given);
  const problems = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => wrong(String(path[0]), message)),
    ...missing(has, onLaptop),
    ...contradictions(has, onLaptop),
    ...sameNames(given),
  ];
  const config =
    parsed.data && problems.length === 0
      ? createConfig(parsed.data, createSecrets(parsed.data, onLaptop, given))
      : undefined;
  const unknown = unknownSettings(Object.keys(given));
  return { config, problems, unknown, telemetry: readTelemetry(given), onLaptop };
}

/** Development, and nothing of Azure's around. `func start` sets a host name too: a loopback one. */
function isLaptop(given: Given): boolean {
  const host = URL.parse(`http://${given["WEBSITE_HOSTNAME"] ?? "localhost"}`);
  const development = given["AZURE_FUNCTIONS_ENVIRONMENT"] === "Development";
  return development && given["WEBSITE_INSTANCE_ID"] === undefined && host !== null && isLoopback(host);
}

type Given = Readonly<Record<string, string | undefined>>;
type Has = (name: SettingName) => boolean;

function missing(has: Has, local: boolean): Problem[] {
  const required: readonly SettingName[] = [
    "EIGHT_BY_EIGHT_SMS_SUBACCOUNT",
    ...(local ? requiredLocalSettingNames : (["KEY_VAULT_URL", "AZURE_CLIENT_ID"] as const)),
  ];
  const pair = ["EIGHT_BY_EIGHT_VOICE_SUBACCOUNT", "EIGHT_BY_EIGHT_VOICE_SOURCE"] as const;
  return [
    ...required.filter((name) => !has(name)).map((name) => ({ name, kind: "missing" as const, problem: "is missing" })),
    ...(has(pair[0]) === has(pair[1]) ? [] : pair.filter((name) => !has(name))).map((name) => ({
      name,
      kind: "missing" as const,
      problem: `is missing beside ${pair.find((other) => other !== name)}`,
    })),
  ];
}

function contradictions(has: Has, local: boolean): Problem[] {
  const [allowed, blocked] = ["PHONE_POLICY_ALLOWED_COUNTRIES", "PHONE_POLICY_BLOCKED_COUNTRIES"] as const;
  const secret = "holds a secret, which only a laptop's settings may; remove it and change the secret";
  return [
    ...(has(allowed) && has(blocked) ? [wrong(blocked, `is set beside ${allowed}; keep one of the two`)] : []),
    ...localSettingNames.filter((name) => !local && has(name)).map((name) => wrong(name, secret)),
  ];
}

const secretNameSettings = [
  "OKTA_HOOK_SECRET_NAME",
  "EIGHT_BY_EIGHT_API_KEY_NAME",
  "PHONE_HASH_SECRET_NAME",
  "OKTA_EVENT_SECRET_NAME",
  "RECEIPT_SECRET_NAME",
] as const;
type SecretNameSetting = (typeof secretNameSettings)[number];

/** Two different secrets may not have one name, in which a vault knows no case. The setting that was given is told. */
function sameNames(given: Given): Problem[] {
  const nameIn = (setting: SecretNameSetting) =>
    environment.shape[setting].safeParse(given[setting]).data?.toLowerCase();
  const givenLast = secretNameSettings.toSorted((a, b) => Number(a in given) - Number(b in given));
  return givenLast.flatMap((setting, index) => {
    const name = nameIn(setting);
    const same = givenLast.slice(0, index).find((other) => name !== undefined && nameIn(other) === name);
    return same === undefined ? [] : [wrong(setting, `names the same secret as ${same}`)];
  });
}

function wrong(name: string, problem: string): Problem {
  return { name, kind: "wrong", problem };
}

function createSecrets(env: Environment, local: boolean, given: Given): Config["secrets"] {
  if (local) {
    const secret = (name: LocalSettingName) => ({ name, value: given[name] });
    return {
      from: "local",
      hookSecret: secret("OKTA_HOOK_SECRET"),
      apiKey: secret("EIGHT_BY_EIGHT_API_KEY"),
      oktaEventSecret: secret("OKTA_EVENT_SECRET"),
      receiptSecret: secret("RECEIPT_SECRET"),
    };
  }
  return {
    from: "vault",
    url: env.KEY_VAULT_URL ?? "",
    clientId: env.AZURE_CLIENT_ID ?? "",
    hookSecretName: env.OKTA_HOOK_SECRET_NAME,
    apiKeyName: env.EIGHT_BY_EIGHT_API_KEY_NAME,
    oktaEventSecretName: env.OKTA_EVENT_SECRET_NAME,
    receiptSecretName: env.RECEIPT_SECRET_NAME,
    phoneHashKeyName: env.PHONE_HASH_SECRET_NAME,
    maxAgeMs: env.SECRET_MAX_AGE_MINUTES * 60_000,
    outageMs: env.SECRET_OUTAGE_HOURS * 3_600_000,
  };
}

function readTelemetry(given: Given): TelemetrySettings | undefined {
  const { APPLICATIONINSIGHTS_CONNECTION_STRING: text } = environment.shape;
  const connectionString = text.safeParse(given["APPLICATIONINSIGHTS_CONNECTION_STRING"]).data;
  return connectionString === undefined ? undefined : { connectionString, clientId: given["AZURE_CLIENT_ID"] };
}
