import { createConfig } from "./config.ts";
import { findWarnings } from "./warnings.ts";
import { environment } from "./environment.ts";
import { isLoopback } from "./environment/validators.ts";
import { problemsAmong, invalidSetting, type Given } from "./problems.ts";
import { createSecretSources } from "./secrets.ts";
import { unknownSettings } from "./setting-names.ts";

export type Settings = ReturnType<typeof loadSettings>;

/** Reads the environment. Empty means unset: Azure keeps a setting whose value was cleared. */
export function loadSettings(env: Given) {
  const entries = Object.entries(env).map(([name, value]) => [name, value?.trim()] as const);
  const given = Object.fromEntries(entries.filter(([, value]) => value));
  const onLaptop = isLaptop(given) && given["KEY_VAULT_URL"] === undefined;

  const parsed = environment.safeParse(given);
  const problems = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) =>
      invalidSetting(String(path[0]), message),
    ),
    ...problemsAmong(given, onLaptop),
  ];
  const good = problems.length === 0 ? parsed.data : undefined;
  const config = good && createConfig(good, createSecretSources(good, given));
  const { APPLICATIONINSIGHTS_CONNECTION_STRING: text } = environment.shape;
  return {
    /** Undefined where there are problems. */
    config,
    /** All of them, so that an operator does not meet them one by one. */
    problems,
    /** What will probably not do what it is for. None while there are problems. */
    warnings: good && config ? findWarnings(good, config) : [],
    /** Names with one of our prefixes that no setting has. */
    unknown: unknownSettings(Object.keys(given)),
    /**
     * Where telemetry goes. It is known even where other settings are wrong, so that this can be
     * reported.
     */
    connectionString: text.safeParse(given["APPLICATIONINSIGHTS_CONNECTION_STRING"]).data,
    /** The app's identity; on a laptop there is none. */
    clientId: given["AZURE_CLIENT_ID"],
    /** There the secrets themselves may be settings. */
    onLaptop,
  };
}

/**
 * Development, and nothing of Azure's around. `func start` sets a host name too: a loopback one.
 */
function isLaptop(given: Given): boolean {
  const host = URL.parse(`http://${given["WEBSITE_HOSTNAME"] ?? "localhost"}`);
  const development = given["AZURE_FUNCTIONS_ENVIRONMENT"] === "Development";
  return (
    development && given["WEBSITE_INSTANCE_ID"] === undefined && host !== null && isLoopback(host)
  );
}
