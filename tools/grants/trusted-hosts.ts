import { isLoopback } from "../../src/settings/environment/validators.ts";
import { smsHosts, voiceHosts } from "../hosts-of-8x8.ts";
import type { WantedState } from "../okta/wanted-state.ts";

// A branch can put any host into okta.json and into the app's settings, and anyone can own a name
// under azurewebsites.net. So the variable TRUSTED_HOSTS lists the hosts that may get secrets,
// codes and events. No branch can change this variable, because it belongs to the pipeline's
// protected environment.

/** A URL that gets a secret, codes or events, or whose tokens let a pipeline sign in to Azure. */
export interface Destination {
  readonly what: string;
  readonly url: string;
  /** Companies can share the host of an issuer, so TRUSTED_HOSTS lists its path too. */
  readonly isIssuer?: boolean;
}

export function destinationsInOkta({ hook, events }: WantedState): Destination[] {
  return [
    { what: "the hook", url: hook.url },
    ...(hook.auth === "token" ? [{ what: "the token endpoint", url: hook.tokenUrl }] : []),
    ...(events === undefined ? [] : [{ what: "the event hook", url: events.url }]),
  ];
}

/** The schema of the app's settings reports malformed URLs, which are left out here. */
const settingsWithUrls: readonly {
  readonly what: string;
  readonly name: string;
  /** 8x8's own hosts, which TRUSTED_HOSTS does not need to list. */
  readonly known?: readonly string[];
}[] = [
  { what: "the token issuer", name: "OKTA_TOKEN_ISSUER" },
  { what: "the token keys", name: "OKTA_TOKEN_KEYS_URL" },
  { what: "the second hook", name: "SECOND_HOOK_URL" },
  // The rule sends-to-8x8 is not enough for 8x8's URLs, because a branch can switch the rule off in
  // accepted.json.
  { what: "SMS", name: "EIGHT_BY_EIGHT_SMS_URL", known: smsHosts },
  { what: "voice calls", name: "EIGHT_BY_EIGHT_VOICE_URL", known: voiceHosts },
];

export function destinationsInSettings(
  settings: Readonly<Record<string, string | undefined>>,
): Destination[] {
  return settingsWithUrls.flatMap(({ what, name, known = [] }) => {
    const url = settings[name] ?? "";
    const host = URL.parse(url)?.host;
    return host === undefined || known.includes(host) ? [] : [{ what, url }];
  });
}

/** The entry of TRUSTED_HOSTS that trusts this destination. */
export function entryOf({ url, isIssuer = false }: Destination): string {
  const { host, pathname } = new URL(url);
  return isIssuer ? `${host}${pathname}`.replace(/\/$/, "").toLowerCase() : host;
}

type Env = Readonly<Record<string, string | undefined>>;

export interface Untrusted {
  readonly hosts: readonly string[];
  /** Whether a person may confirm the hosts instead. */
  readonly mayAsk: boolean;
  /** Sentences that name the hosts and the command that adds them to TRUSTED_HOSTS. */
  readonly words: string;
}

/** @param places the GitHub environments of the run, such as `prod` and `preview-prod`. */
export function findUntrusted(
  destinations: readonly Destination[],
  environment: string,
  places: readonly string[],
  env: Env,
): Untrusted | undefined {
  const { TRUSTED_HOSTS: list = "", CI: ci, TF_BUILD: azurePipelines } = env;
  const trusted = hostsIn(list);
  const untrusted = destinations
    .filter(({ url }) => !isLoopback(new URL(url)))
    .map((one) => ({ what: one.what, host: entryOf(one) }))
    .filter(({ host }) => !trusted.includes(host));
  if (untrusted.length === 0) return undefined;
  const hosts = [...new Set(untrusted.map(({ host }) => host))];
  const odd = untrusted.filter(({ host }) => !plainHost.test(host)).map(({ what }) => what);
  if (odd.length > 0)
    return {
      hosts,
      mayAsk: false,
      words: `The host of ${odd.join(" and of ")} has invalid characters. Correct its URL.`,
    };
  const named = untrusted.map(({ what, host }) => `${what} at ${host}`).join(", ");
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
    words: `${lacks}. Secrets, codes or events would go to, or sign-ins to Azure would come from: ${named}. If all these hosts are yours, run: ${line}`,
  };
}

/** In the printed command, a shell would interpret quotes and braces, which `URL` accepts. */
const plainHost = /^(?:[a-z\d.-]+|\[[\da-f:.]+\])(?::\d+)?(?:\/[\w./-]+)?$/;

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
