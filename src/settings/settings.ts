import { createConfig, type Config } from "./config.ts";
import { findDoubts, type Doubt } from "./doubts.ts";
import { environment, type Environment } from "./environment.ts";
import { isLoopback } from "./environment/forms.ts";
import { problemsAmong, wrongSetting, type Given, type Problem } from "./problems.ts";
import { unknownSettings, type LocalSettingName } from "./setting-names.ts";

/** Where telemetry goes. It is known even where other settings are wrong, so that this can be reported. */
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
  /** What will probably not do what it is for. None while there are problems. */
  readonly doubts: readonly Doubt[];
  /** Names with one of our prefixes that no setting has. */
  readonly unknown: readonly string[];
  readonly telemetry: TelemetrySettings | undefined;
  /** There the secrets themselves may be settings. */
  readonly onLaptop: boolean;
}

/** Reads the environment. Empty means unset: Azure keeps a setting whose value was cleared. */
export function loadSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const entries = Object.entries(env).map(([name, value]) => [name, value?.trim()] as const);
  const given = Object.fromEntries(entries.filter(([, value]) => value));
  const onLaptop = isLaptop(given) && given["KEY_VAULT_URL"] === undefined;

  const parsed = environment.safeParse(given);
  const problems = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => wrongSetting(String(path[0]), message)),
    ...problemsAmong(given, onLaptop),
  ];
  const good = problems.length === 0 ? parsed.data : undefined;
  const config = good && createConfig(good, createSecrets(good, onLaptop, given));
  const doubts = good ? findDoubts(good) : [];
  const unknown = unknownSettings(Object.keys(given));
  return { config, problems, doubts, unknown, telemetry: readTelemetry(given), onLaptop };
}

/** Development, and nothing of Azure's around. `func start` sets a host name too: a loopback one. */
function isLaptop(given: Given): boolean {
  const host = URL.parse(`http://${given["WEBSITE_HOSTNAME"] ?? "localhost"}`);
  const development = given["AZURE_FUNCTIONS_ENVIRONMENT"] === "Development";
  return development && given["WEBSITE_INSTANCE_ID"] === undefined && host !== null && isLoopback(host);
}

function createSecrets(env: Environment, local: boolean, given: Given): Config["secrets"] {
  const takesSecret = env.OKTA_HOOK_AUTH !== "token";
  if (local) {
    const secret = (name: LocalSettingName) => ({ name, value: given[name] });
    return {
      from: "local",
      hookSecret: takesSecret ? secret("OKTA_HOOK_SECRET") : undefined,
      apiKey: secret("EIGHT_BY_EIGHT_API_KEY"),
      oktaEventSecret: secret("OKTA_EVENT_SECRET"),
      receiptSecret: secret("RECEIPT_SECRET"),
    };
  }
  return {
    from: "vault",
    url: env.KEY_VAULT_URL ?? "",
    clientId: env.AZURE_CLIENT_ID ?? "",
    hookSecretName: takesSecret ? env.OKTA_HOOK_SECRET_NAME : undefined,
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
