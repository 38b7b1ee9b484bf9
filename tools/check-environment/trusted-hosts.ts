import { isLoopback } from "../../src/settings/environment/validators.ts";
import type { WantedState } from "../okta/wanted-state.ts";

// A branch can name any host in okta.json and in the app's settings, and anyone can own a name under
// azurewebsites.net. So the hosts that may get secrets, codes and events are in the variable
// TRUSTED_HOSTS of the pipeline's protected environment, which no branch can change.

/** A URL that gets a secret, codes or events. */
export interface Destination {
  readonly what: string;
  readonly url: string;
}

export function destinationsInOkta({ hook, events }: WantedState): Destination[] {
  return [
    { what: "the hook", url: hook.url },
    ...(hook.auth === "token" ? [{ what: "the token endpoint", url: hook.tokenUrl }] : []),
    ...(events === undefined ? [] : [{ what: "the event hook", url: events.url }]),
  ];
}

/** Settings of the app that name such a URL. The app's schema reports a malformed one. */
const settingsWithUrls = [
  { what: "the token issuer", name: "OKTA_TOKEN_ISSUER" },
  { what: "the token keys", name: "OKTA_TOKEN_KEYS_URL" },
  { what: "the second hook", name: "SECOND_HOOK_URL" },
] as const;

export function destinationsInSettings(
  settings: Readonly<Record<string, string | undefined>>,
): Destination[] {
  return settingsWithUrls.flatMap(({ what, name }) => {
    const url = settings[name];
    return url && URL.canParse(url) ? [{ what, url }] : [];
  });
}

type Env = Readonly<Record<string, string | undefined>>;

export interface Untrusted {
  readonly hosts: readonly string[];
  /** Whether a person can confirm the hosts: TRUSTED_HOSTS is unset, and this is no pipeline. */
  readonly mayAsk: boolean;
  /** Sentences that name the hosts, and the line that adds them to TRUSTED_HOSTS. */
  readonly words: string;
}

/**
 * Returns the hosts that TRUSTED_HOSTS does not list, or undefined if it lists all. The list has
 * commas between hosts. A host on this machine is always trusted.
 * @param environment the folder's name in infra/environments.
 * @param places the GitHub environments of the run, such as `prod` and `preview-prod`.
 */
export function findUntrusted(
  destinations: readonly Destination[],
  environment: string,
  places: readonly string[],
  env: Env,
): Untrusted | undefined {
  const { TRUSTED_HOSTS: list = "", CI: ci, TF_BUILD: azurePipelines } = env;
  const trusted = hostsIn(list);
  const untrusted = destinations
    .map(({ what, url }) => ({ what, url: new URL(url) }))
    .filter(({ url }) => !isLoopback(url) && !trusted.includes(url.host));
  if (untrusted.length === 0) return undefined;
  const hosts = [...new Set(untrusted.map(({ url }) => url.host))];
  const named = untrusted.map(({ what, url }) => `${what} at ${url.host}`).join(", ");
  const all = [...trusted, ...hosts].join(",");
  const line = azurePipelines
    ? inVariableGroup(environment, list === "" ? "create" : "update", all)
    : ci
      ? onGitHub(places, all)
      : `export TRUSTED_HOSTS='${all}'`;
  const lacks = list === "" ? "TRUSTED_HOSTS is not set" : "TRUSTED_HOSTS does not list every host";
  return {
    hosts,
    mayAsk: list === "" && !ci && !azurePipelines,
    words: `${lacks}. Secrets, codes or events would go to ${named}. If all are yours, run: ${line}`,
  };
}

function hostsIn(list: string): string[] {
  const hosts = list.toLowerCase().split(",");
  return hosts.map((host) => host.trim()).filter((host) => host !== "");
}

/** https://cli.github.com/manual/gh_variable_set */
function onGitHub(places: readonly string[], all: string): string {
  const set = (place: string) => `gh variable set TRUSTED_HOSTS --env ${place} --body '${all}'`;
  return places.map(set).join(" && ");
}

/** https://learn.microsoft.com/cli/azure/pipelines/variable-group/variable */
function inVariableGroup(environment: string, change: "create" | "update", all: string): string {
  const group = `az pipelines variable-group list --group-name okta8x8-${environment}`;
  return `az pipelines variable-group variable ${change} --group-id "$(${group} --query '[0].id' --output tsv)" --name TRUSTED_HOSTS --value '${all}'`;
}
