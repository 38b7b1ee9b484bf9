import {
  AzureCliCredential,
  ChainedTokenCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from "@azure/identity";
import { RestError } from "@azure/core-rest-pipeline";
import { SecretClient } from "@azure/keyvault-secrets";

/** A version of a secret, without its value. */
export interface Version {
  readonly id: string;
  readonly createdOn: Date;
  /** A rotation made it and has not yet seen Okta use it. */
  readonly pending: boolean;
}

/** One secret in one vault. Values are in memory only: on no command line, in no file, in no environment. */
export interface VaultSecret {
  readonly vault: string;
  /** What the app would accept, newest first: enabled, and not expired. */
  liveVersions(): Promise<readonly Version[]>;
  value(version: string): Promise<string>;
  /** Never repeated by itself: a second copy would retire the version that Okta still sends. */
  addPending(value: string): Promise<void>;
  /** It is pending no more. */
  settle(version: string): Promise<void>;
  disable(version: string): Promise<void>;
}

/** Whoever `az login` made this machine; where the platform gives an identity, that. */
export function createCredential(): TokenCredential {
  const { IDENTITY_ENDPOINT: endpoint, AZURE_CLIENT_ID: clientId } = process.env;
  const managed =
    endpoint === undefined ? [] : [new ManagedIdentityCredential(clientId === undefined ? {} : { clientId })];
  return new ChainedTokenCredential(...managed, new AzureCliCredential());
}

const tag = "okta-rotation";
const day = 86_400_000;
/** As scripts/seed-secrets.sh has it; the alert secret-expiry comes 30 days before. */
const livesForMs = 180 * day;

/** @throws {Error} with Key Vault's code, never with a value. */
export function createVaultSecret(vault: string, name: string, credential: TokenCredential): VaultSecret {
  if (!/^[\da-z-]{3,24}$/i.test(vault)) throw new Error("--vault is the name of a key vault.");
  const url = `https://${vault}.vault.azure.net`;
  const client = new SecretClient(url, credential);
  const once = new SecretClient(url, credential, { retryOptions: { maxRetries: 0 } });
  const told = <Value>(call: Promise<Value>) =>
    call.catch((error: unknown) => Promise.reject(vaultError(vault, error)));

  return {
    vault,
    liveVersions: () =>
      told(
        (async () => {
          const versions = [];
          for await (const found of client.listPropertiesOfSecretVersions(name)) {
            const { version = "", createdOn = new Date(0), enabled, notBefore, expiresOn, tags } = found;
            const now = new Date();
            if (enabled === true && (notBefore ?? now) <= now && (expiresOn ?? now) >= now)
              versions.push({ id: version, createdOn, pending: tags?.[tag] === "pending" });
          }
          return versions.toSorted((one, two) => two.createdOn.getTime() - one.createdOn.getTime());
        })(),
      ),
    value: (version) => told(client.getSecret(name, { version }).then(({ value = "" }) => value)),
    addPending: (value) =>
      told(
        once
          .setSecret(name, value, {
            contentType: "text/plain",
            expiresOn: new Date(Date.now() + livesForMs),
            tags: { [tag]: "pending" },
          })
          .then(() => undefined),
      ),
    settle: (version) =>
      told(client.updateSecretProperties(name, version, { tags: { [tag]: "done" } }).then(() => undefined)),
    disable: (version) => told(client.updateSecretProperties(name, version, { enabled: false }).then(() => undefined)),
  };
}

function vaultError(vault: string, error: unknown): Error {
  if (!(error instanceof RestError)) {
    const name = error instanceof Error ? error.name : "error";
    return new Error(`The vault ${vault} cannot be used: ${name}. az login, and a way to the vault's network?`);
  }
  const words =
    error.statusCode === 403
      ? " It takes the role Key Vault Secrets Officer on that secret, and a way to its network."
      : "";
  return new Error(`The vault ${vault} says HTTP ${error.statusCode ?? "nothing"}.${words}`);
}
