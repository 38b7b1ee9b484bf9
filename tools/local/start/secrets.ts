import { randomBytes } from "node:crypto";
import { secretList } from "../../../src/settings/secrets.ts";
import type { FakeAzure } from "../../sandbox/azure.ts";

const names = [
  "OKTA_HOOK_SECRET",
  "OKTA_EVENT_SECRET",
  "RECEIPT_SECRET",
  "EIGHT_BY_EIGHT_API_KEY",
] as const;
export type Secrets = Readonly<Record<(typeof names)[number], string>>;
type Env = Readonly<Record<string, string | undefined>>;

/** Each as it is given, or made up. */
export function readSecrets(env: Env): Secrets {
  const random = (): string => randomBytes(16).toString("hex");
  return Object.fromEntries(names.map((name) => [name, env[name] || random()])) as Secrets;
}

const vaultNames: Secrets = {
  OKTA_HOOK_SECRET: secretList.hookSecret.name,
  OKTA_EVENT_SECRET: secretList.oktaEventSecret.name,
  RECEIPT_SECRET: secretList.receiptSecret.name,
  EIGHT_BY_EIGHT_API_KEY: secretList.apiKey.name,
};

/**
 * After a rotation: of the two versions that the app takes the older one, which every instance
 * knows.
 */
export function hookSecretNow(azure: FakeAzure | undefined, secrets: Secrets): string {
  const versions = azure?.vault.versions(vaultNames.OKTA_HOOK_SECRET) ?? [];
  const [newest, before] = versions.filter(({ enabled }) => enabled !== false);
  return (before ?? newest)?.value ?? secrets.OKTA_HOOK_SECRET;
}

const tokenLastsSeconds = 60;

/**
 * The settings of an app that runs as in Azure, with its secrets in the vault and its codes in the
 * table.
 */
export function settingsInAzure(azure: FakeAzure, secrets: Secrets): Record<string, string> {
  // Of an hour ago: npm run okta -- rotate waits until a new version is known everywhere.
  const createdOn = new Date(Date.now() - 3_600_000);
  for (const name of names)
    azure.vault.set(vaultNames[name], [{ value: secrets[name], createdOn }]);
  // Short, so that the identity is asked at the next read of the vault, and its fault is seen.
  azure.identity.issueFor(tokenLastsSeconds);
  const noSecrets = Object.fromEntries(names.map((name) => [name, ""]));
  return { ...azure.env, ...noSecrets, STATE_TABLE_URL: azure.tables.url };
}
