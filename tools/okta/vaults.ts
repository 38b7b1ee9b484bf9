import {
  AzureCliCredential,
  ChainedTokenCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from "@azure/identity";
import { RestError } from "@azure/core-rest-pipeline";
import { SecretClient, type SecretProperties } from "@azure/keyvault-secrets";

export interface Version {
  readonly id: string;
  readonly createdOn: Date;
}

/** Values are kept only in memory, not in files, arguments or environment variables. */
export interface VaultSecret {
  readonly vault: string;
  /** Versions that are enabled and valid now, newest first. */
  liveVersions(): Promise<readonly Version[]>;
  /** Time of the last change to any version. Creating or disabling a version is a change. */
  changedOn(): Promise<Date>;
  value(version: string): Promise<string>;
  /** Returns the version's id. Does not retry: a second copy would retire Okta's version. */
  add(value: string): Promise<string>;
  disable(version: string): Promise<void>;
}

export function createCredential(): TokenCredential {
  const { IDENTITY_ENDPOINT: endpoint, AZURE_CLIENT_ID: clientId } = process.env;
  const managed =
    endpoint === undefined
      ? []
      : [new ManagedIdentityCredential(clientId === undefined ? {} : { clientId })];
  return new ChainedTokenCredential(...managed, new AzureCliCredential());
}

const day = 86_400_000;
/** As in the command seed-secrets. The alert secret-expiry fires 30 days before expiry. */
const livesForMs = 180 * day;

/** Error messages have the HTTP status or the error's name, never a secret's value. */
export function createVaultSecret(
  vault: string,
  name: string,
  credential: TokenCredential,
): VaultSecret {
  if (!/^[\da-z-]{3,24}$/i.test(vault)) throw new Error("--vault needs the name of a key vault.");
  const url = `https://${vault}.vault.azure.net`;
  const client = new SecretClient(url, credential);
  const once = new SecretClient(url, credential, { retryOptions: { maxRetries: 0 } });
  const withVaultErrors = <Value>(call: Promise<Value>) =>
    call.catch((error: unknown) => Promise.reject(vaultError(vault, error)));

  const listAll = () => Array.fromAsync(client.listPropertiesOfSecretVersions(name));
  const listLive = async () =>
    (await listAll())
      .filter(isLive)
      .map(({ version: id = "", createdOn = new Date(0) }) => ({ id, createdOn }))
      .toSorted((one, two) => two.createdOn.getTime() - one.createdOn.getTime());

  return {
    vault,
    liveVersions: () => withVaultErrors(listLive()),
    changedOn: () =>
      withVaultErrors(listAll().then((all) => new Date(Math.max(0, ...all.map(changeOf))))),
    value: (version) =>
      withVaultErrors(client.getSecret(name, { version }).then(({ value = "" }) => value)),
    add: (value) =>
      withVaultErrors(
        once
          .setSecret(name, value, {
            contentType: "text/plain",
            expiresOn: new Date(Date.now() + livesForMs),
          })
          .then(({ properties }) => properties.version ?? ""),
      ),
    disable: (version) =>
      withVaultErrors(
        client.updateSecretProperties(name, version, { enabled: false }).then(() => undefined),
      ),
  };
}

function isLive({ enabled, notBefore, expiresOn }: SecretProperties): boolean {
  const now = new Date();
  return enabled === true && (notBefore ?? now) <= now && (expiresOn ?? now) >= now;
}

function changeOf({ createdOn, updatedOn }: SecretProperties): number {
  return Math.max(createdOn?.getTime() ?? 0, updatedOn?.getTime() ?? 0);
}

function vaultError(vault: string, error: unknown): Error {
  if (!(error instanceof RestError)) {
    const name = error instanceof Error ? error.name : "error";
    return new Error(
      `The vault ${vault} cannot be used: ${name}. Run az login, and check that this machine reaches the vault's network.`,
    );
  }
  const words =
    error.statusCode === 403
      ? " You need the role Key Vault Secrets Officer on that secret, and access to the vault's network."
      : "";
  return new Error(
    `The vault ${vault} answered HTTP ${error.statusCode ?? "without a status"}.${words}`,
  );
}
