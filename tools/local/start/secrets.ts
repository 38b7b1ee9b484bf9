import { randomBytes } from "node:crypto";
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

const usualNames: Secrets = {
  OKTA_HOOK_SECRET: "okta-hook-secret",
  OKTA_EVENT_SECRET: "okta-event-secret",
  RECEIPT_SECRET: "receipt-secret",
  EIGHT_BY_EIGHT_API_KEY: "eight-by-eight-api-key",
};

const nameInVault = (name: keyof Secrets, env: Env): string =>
  env[`${name}_NAME`] || usualNames[name];

/**
 * After a rotation: of the two versions that the app takes the older one, which every instance
 * knows.
 */
export function hookSecretNow(azure: FakeAzure | undefined, secrets: Secrets, env: Env): string {
  const versions = azure?.vault.versions(nameInVault("OKTA_HOOK_SECRET", env)) ?? [];
  const [newest, before] = versions.filter(({ enabled }) => enabled !== false);
  return (before ?? newest)?.value ?? secrets.OKTA_HOOK_SECRET;
}

const tokenLastsSeconds = 60;

/**
 * The settings of an app that runs as in Azure, with its secrets in the vault and its codes in the
 * table.
 */
export function settingsInAzure(
  azure: FakeAzure,
  secrets: Secrets,
  env: Env,
): Record<string, string> {
  // Of an hour ago: npm run okta -- rotate waits until a new version is known everywhere.
  const createdOn = new Date(Date.now() - 3_600_000);
  for (const name of names)
    azure.vault.set(nameInVault(name, env), [{ value: secrets[name], createdOn }]);
  // Short, so that the identity is asked at the next read of the vault, and its fault is seen.
  azure.identity.issueFor(tokenLastsSeconds);
  const noSecrets = Object.fromEntries(names.map((name) => [name, ""]));
  return { ...azure.env, ...noSecrets, STATE_TABLE_URL: azure.tables.url };
}
