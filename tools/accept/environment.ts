import { existsSync, readFileSync } from "node:fs";
import { isLoopback } from "../../src/settings/environment/validators.ts";
import { findGroup, openAzure, publicAzure } from "./azure.ts";
import { NotSetUp } from "./finding.ts";
import { extraScopes } from "./extra-scopes.ts";
import type { Live } from "./live.ts";
import { once } from "./open-live.ts";
import type { Usage } from "./usage.ts";
import { signInFor } from "../okta/sign-in-from-environment.ts";
import { howToFindAzure, local, readWantedState } from "../okta/wanted-state.ts";

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

/** Opens the environment's resource group, or the stand-ins on this machine. */
export function azureOf(usage: Usage): Live["azure"] {
  if (usage.environment !== local)
    return once(async () => {
      const signedIn = await credential();
      return openAzure(await findGroup(groupNameOf(usage), signedIn), signedIn, publicAzure);
    });
  const { ACCEPT_AZURE: stood } = env;
  if (!stood)
    throw new Error(
      `ACCEPT_AZURE is not set, so there are no stand-ins for Azure. ${howToFindAzure}`,
    );
  if (!isLoopback(new URL(stood)))
    throw new Error("ACCEPT_AZURE is not an address of this machine.");
  const group = `/subscriptions/${local}/resourceGroups/${local}`;
  const hosts = { manager: stood, logs: stood };
  return once(async () => openAzure(group, await credential(), hosts));
}

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
