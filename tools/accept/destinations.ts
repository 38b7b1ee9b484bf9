import { isOktaHost } from "../../src/okta/words.ts";
import { isLoopback, isSafe } from "../../src/settings/environment/validators.ts";
import { smsHosts, voiceHosts } from "../hosts-of-8x8.ts";
import type { WantedState } from "../okta/wanted-state.ts";
import type { Deployment } from "./azure.ts";
import type { Live } from "./live.ts";

/** Name of a secret, as the person reads it, and the URL that gets the secret. */
export interface Destination {
  readonly secret: string;
  readonly url: string;
}

const hostsOf8x8 = [...smsHosts, ...voiceHosts];
type Env = Readonly<Record<string, string | undefined>>;

/** Returns a setting of the app from the environment variables, or else from the deployment. */
export function settingOf(
  name: string,
  { parameters }: Pick<Deployment, "parameters">,
  env: Env,
): string | undefined {
  const settings = parameters["hookSettings"] as Record<string, string> | undefined;
  return env[name] || settings?.[name];
}

export const smsUrlOf = (deployment: Pick<Deployment, "parameters">, env: Env) =>
  settingOf("EIGHT_BY_EIGHT_SMS_URL", deployment, env) ?? "https://sms.8x8.com";

/** Undefined if the app makes no calls. */
export const voiceUrlOf = (deployment: Pick<Deployment, "parameters">, env: Env) =>
  settingOf("EIGHT_BY_EIGHT_VOICE_SUBACCOUNT", deployment, env) === undefined
    ? undefined
    : (settingOf("EIGHT_BY_EIGHT_VOICE_URL", deployment, env) ?? "https://voice.8x8.com");

/** The secrets that leave this machine, and the URLs that get them. */
export async function destinationsOf(
  { hook }: WantedState,
  org: string | undefined,
  azure: Live["azure"],
): Promise<readonly Destination[]> {
  // Without Azure, no assumption asks 8x8.
  const deployment = await azure().then(
    (found) => found.deployment,
    () => undefined,
  );
  const of8x8 = deployment && [
    smsUrlOf(deployment, process.env),
    voiceUrlOf(deployment, process.env),
  ];
  return [
    { secret: "The hook secret", url: hook.url },
    ...(org === undefined ? [] : [{ secret: "Your sign-in at Okta", url: org }]),
    ...(of8x8 ?? []).flatMap((url) => (url === undefined ? [] : [{ secret: "8x8's key", url }])),
  ];
}

/**
 * Throws unless each host is safe for a secret, because a branch or a deployment can name any host.
 * On a laptop, the host must be this machine. If no person is asked, it must be a known host or one
 * that an option names.
 */
export function checkDestinations(
  all: readonly Destination[],
  { onLaptop, yes, hosts }: { onLaptop: boolean; yes: boolean; hosts: readonly string[] },
): void {
  for (const { secret, url } of all) {
    const at = URL.parse(url);
    if (at === null || !isSafe(at))
      throw new Error(`Nothing was sent: the URL for ${secret} is not https, or has a user in it.`);
    if (onLaptop && !isLoopback(at))
      throw new Error(
        `Nothing was sent: ${secret} would go to ${at.host}, which is not this machine.`,
      );
    const known = isLoopback(at) || isOktaHost(at.host) || hostsOf8x8.includes(at.host);
    if (yes && !known && !hosts.includes(at.host))
      throw new Error(
        `Nothing was sent: ${secret} would go to ${at.host}. If that is yours, add --host ${at.host}.`,
      );
  }
}
