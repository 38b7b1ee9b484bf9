import { randomBytes } from "node:crypto";
import { secretList } from "../../../src/settings/secret-list.ts";
import { assertHeader } from "../../sandbox/okta.ts";
import type { FakeAzure } from "../../sandbox/azure.ts";

const names = [
  "OKTA_HOOK_SECRET",
  "OKTA_EVENT_SECRET",
  "RECEIPT_SECRET",
  "EIGHT_BY_EIGHT_API_KEY",
] as const;
export type Secrets = Readonly<Record<(typeof names)[number], string>>;
type Env = Readonly<Record<string, string | undefined>>;

/** Reads or generates each secret. Throws if an HTTP header cannot carry one of the secrets. */
export function readSecrets(env: Env): Secrets {
  assertHeader(
    env["OKTA_AUTH_HEADER"] || "authorization",
    Object.fromEntries(names.map((name) => [name, env[name]])),
  );
  const random = (): string => randomBytes(16).toString("hex");
  return Object.fromEntries(names.map((name) => [name, env[name] || random()])) as Secrets;
}

const vaultNames: Secrets = {
  OKTA_HOOK_SECRET: secretList.hookSecret.name,
  OKTA_EVENT_SECRET: secretList.oktaEventSecret.name,
  RECEIPT_SECRET: secretList.receiptSecret.name,
  EIGHT_BY_EIGHT_API_KEY: secretList.apiKey.name,
};

/** During a rotation, every instance already accepts the older of the two versions. */
export function hookSecretNow(azure: FakeAzure | undefined, secrets: Secrets): string {
  const versions = azure?.vault.versions(vaultNames.OKTA_HOOK_SECRET) ?? [];
  const [newest, before] = versions.filter(({ enabled }) => enabled !== false);
  return (before ?? newest)?.value ?? secrets.OKTA_HOOK_SECRET;
}

const tokenLastsSeconds = 60;

export function settingsInAzure(azure: FakeAzure, secrets: Secrets): Record<string, string> {
  // Make the versions an hour old, because rotate waits if a version is only a few minutes old.
  const createdOn = new Date(Date.now() - 3_600_000);
  for (const name of names)
    azure.vault.set(vaultNames[name], [{ value: secrets[name], createdOn }]);
  // With a short lifetime, a fault of the identity takes effect at the next read of the vault.
  azure.identity.issueFor(tokenLastsSeconds);
  const noSecrets = Object.fromEntries(names.map((name) => [name, ""]));
  return { ...azure.env, ...noSecrets, STATE_TABLE_URL: azure.tables.url };
}
