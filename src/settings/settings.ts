import { createConfig } from "./config.ts";
import { environment, environmentOnLaptop, type Given } from "./environment.ts";
import { isLoopback } from "./environment/validators.ts";
import { findProblems } from "./problems.ts";
import { findWarnings, unknownSettings } from "./warnings.ts";

export type Settings = ReturnType<typeof loadSettings>;

/** An empty value counts as unset, because Azure keeps a setting whose value was cleared. */
export function loadSettings(env: Given) {
  const entries = Object.entries(env).map(([name, value]) => [name, value?.trim()] as const);
  const given = Object.fromEntries(entries.filter(([, value]) => value));
  const onLaptop = isLaptop(given) && given["KEY_VAULT_URL"] === undefined;

  const parsed = (onLaptop ? environmentOnLaptop : environment).safeParse(given);
  const problems = findProblems(given, parsed.error?.issues ?? [], onLaptop);
  const good = problems.length === 0 ? parsed.data : undefined;
  const config = good && createConfig(good, given);
  const { APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString } = environment.shape;
  return {
    config,
    problems,
    warnings: good && config ? findWarnings(good, config) : [],
    unknown: unknownSettings(Object.keys(given)),
    /** Set even if other settings are invalid, because telemetry reports invalid settings. */
    connectionString: connectionString.safeParse(given["APPLICATIONINSIGHTS_CONNECTION_STRING"])
      .data,
    clientId: given["AZURE_CLIENT_ID"],
    onLaptop,
  };
}

/** In Development, `func start` sets a loopback host name. Azure sets an instance id. */
function isLaptop(given: Given): boolean {
  const host = URL.parse(`http://${given["WEBSITE_HOSTNAME"] ?? "localhost"}`);
  const development = given["AZURE_FUNCTIONS_ENVIRONMENT"] === "Development";
  return (
    development && given["WEBSITE_INSTANCE_ID"] === undefined && host !== null && isLoopback(host)
  );
}
