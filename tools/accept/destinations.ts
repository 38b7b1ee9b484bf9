import { isOktaHost } from "../../src/okta/words.ts";
import { isLoopback, isSafe } from "../../src/settings/environment/validators.ts";
import { smsHosts, voiceHosts } from "../hosts-of-8x8.ts";
import type { Deployment } from "./azure.ts";

/** A secret, as the person reads it, and where it goes. */
export interface Destination {
  readonly secret: string;
  readonly url: string;
}

const hostsOf8x8 = [...smsHosts, ...voiceHosts];
type Env = Readonly<Record<string, string | undefined>>;

/** A setting of the app, as this environment or else the deployment has it. */
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

/**
 * A branch or a deployment names these hosts. Throws unless each is safe for a secret: on a laptop
 * this machine, and where no person is asked a host that is known or was named.
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
      throw new Error(`Nothing was sent: ${secret} would go to ${at.host}, off this machine.`);
    const known = isLoopback(at) || isOktaHost(at.host) || hostsOf8x8.includes(at.host);
    if (yes && !known && !hosts.includes(at.host))
      throw new Error(
        `Nothing was sent: ${secret} would go to ${at.host}. If that is yours, add --host ${at.host}.`,
      );
  }
}
