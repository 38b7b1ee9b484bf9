import { existsSync, readFileSync } from "node:fs";
import { findGroup } from "./azure.ts";
import { NotSetUp } from "./finding.ts";
import { extraScopes } from "./extra-scopes.ts";
import type { Live } from "./live.ts";
import type { Usage } from "./usage.ts";
import { signInFor } from "../okta/sign-in-from-environment.ts";
import { local, readWantedState } from "../okta/wanted-state.ts";

const { env } = process;

export async function credential() {
  // Azure's packages take a second to load.
  return (await import("../okta/vaults.ts")).createCredential();
}

export function groupNameOf({ environment, group }: Usage): string {
  if (environment === local) return local;
  const file = `infra/environments/${environment}/azure.json`;
  const written = existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as { readonly resourceGroup?: string }).resourceGroup
    : undefined;
  return group ?? written ?? `rg-okta8x8-${environment}`;
}

/** The resource id of the group. */
export const groupOf = async (usage: Usage): Promise<string> =>
  usage.environment === local
    ? `/subscriptions/${local}/resourceGroups/${local}`
    : findGroup(groupNameOf(usage), await credential());

/**
 * Returns the state in okta.json. If Okta was set up by hand, returns the deployed hook, without an
 * org.
 */
export async function orgOf({ environment, signWith }: Usage, azure: Live["azure"]) {
  try {
    const wanted = readWantedState(environment);
    return {
      wanted,
      org: wanted.org,
      signIn: () => signInFor({ command: "accept", signWith }, wanted, () => undefined),
      extraScopes: () => extraScopes(wanted, signWith),
    };
  } catch (error) {
    if (environment === local) throw error;
    const { outputs } = (await azure()).deployment;
    const header = env["OKTA_AUTH_HEADER"] || "authorization";
    const hook = { name: "8x8", url: String(outputs["hookUrl"]), auth: "secret" as const, header };
    const phone = { sms: true, voice: true, allowedFor: "any" as const };
    const why = error instanceof Error ? error.message : "There is no okta.json.";
    const refuse = () => Promise.reject(new NotSetUp(why));
    return {
      wanted: { org: "https://unknown", clientId: "", hook, phone },
      org: undefined,
      signIn: refuse,
      extraScopes: refuse,
    };
  }
}
