import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import { isLoopback, isSafe } from "../../src/settings/environment/validators.ts";
import { environmentFolder } from "../environment-folder.ts";
import { askLine } from "../questions.ts";
import { howToFindAzure, local, readWantedState } from "../okta/wanted-state.ts";
import { createAsk, openAzure, publicAzure, type Azure } from "./azure.ts";

interface Place {
  readonly environment: string;
  readonly group?: string | undefined;
  readonly subscription?: string | undefined;
}

export async function azureOf({ environment, group, subscription }: Place): Promise<Azure> {
  // Azure's packages take a second to load, so load them only when they are needed.
  const { createCredential } = await import("../okta/vaults.ts");
  const ask = createAsk(createCredential());
  const choose = (ids: readonly string[]) => chooseSubscription(ids, subscription);
  if (environment === local) {
    const { ACCEPT_AZURE: stood = "" } = process.env;
    if (!URL.canParse(stood) || !isLoopback(new URL(stood)))
      throw new Error(`This terminal is not connected to a running app. ${howToFindAzure}`);
    return openAzure(local, ask, { manager: stood, logs: stood }, choose);
  }
  const file = `${environmentFolder(environment)}/azure.json`;
  const written: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const { resourceGroup } = z.object({ resourceGroup: z.string().optional() }).parse(written);
  const name = group ?? resourceGroup ?? `rg-okta8x8-${environment}`;
  return openAzure(name, ask, publicAzure, choose);
}

/** @param ids `/subscriptions/…` of each subscription that has such a deployment. */
export async function chooseSubscription(
  ids: readonly string[],
  named: string | undefined,
): Promise<string> {
  const question = `Several subscriptions have this resource group and deployment:\n${ids.join("\n")}\nWhich id?`;
  const said = named ?? (await askLine(question));
  const id = ids.find((one) => said !== undefined && one.endsWith(`/${said.split("/").at(-1)}`));
  if (id !== undefined) return id;
  throw new Error(
    "Several subscriptions have this resource group and deployment. Name one with --subscription.",
  );
}

/** Without okta.json, the hook comes from the deployment, and no check calls Okta. */
export async function hookOf(environment: string, azure: () => Promise<Azure>) {
  if (environment === local || existsSync(`${environmentFolder(environment)}/okta.json`)) {
    const wanted = readWantedState(environment);
    return { wanted, hookUrl: wanted.hook.url };
  }
  const { hookUrl = "" } = await azure();
  if (!URL.canParse(hookUrl) || !isSafe(new URL(hookUrl)))
    throw new Error("The deployment's hookUrl is not an https URL. Nothing was sent.");
  return { wanted: undefined, hookUrl };
}
