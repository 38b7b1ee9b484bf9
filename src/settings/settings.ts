import { createConfig, type Config } from "./config.ts";
import { findDoubts, type Doubt } from "./doubts.ts";
import { environment } from "./environment.ts";
import { isLoopback } from "./environment/forms.ts";
import { problemsAmong, wrongSetting, type Given, type Problem } from "./problems.ts";
import { createSecretSources } from "./secrets.ts";
import { unknownSettings } from "./setting-names.ts";

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
  const config = good && createConfig(good, createSecretSources(good, onLaptop, given));
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

function readTelemetry(given: Given): TelemetrySettings | undefined {
  const { APPLICATIONINSIGHTS_CONNECTION_STRING: text } = environment.shape;
  const connectionString = text.safeParse(given["APPLICATIONINSIGHTS_CONNECTION_STRING"]).data;
  return connectionString === undefined ? undefined : { connectionString, clientId: given["AZURE_CLIENT_ID"] };
}
