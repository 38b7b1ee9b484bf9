import {
  AzureCliCredential,
  ChainedTokenCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from "@azure/identity";
import { RestError } from "@azure/core-rest-pipeline";
import { SecretClient, type SecretProperties } from "@azure/keyvault-secrets";

/** A version of a secret, without its value. */
export interface Version {
  readonly id: string;
  readonly createdOn: Date;
  /** The rotation that made it; undefined where a person did. */
  readonly rotation: string | undefined;
  /** That rotation has not yet seen Okta use it. */
  readonly pending: boolean;
}

/**
 * One secret in one vault. Values are in memory only: on no command line, in no file, in no
 * environment.
 */
export interface VaultSecret {
  readonly vault: string;
  /** What the app would accept, newest first: enabled, and not expired. */
  liveVersions(): Promise<readonly Version[]>;
  /** When a version was last made, disabled or otherwise changed. */
  changedOn(): Promise<Date>;
  value(version: string): Promise<string>;
  /** Never repeated by itself: a second copy would retire the version that Okta still sends. */
  addPending(value: string, rotation: string): Promise<void>;
  /** It is pending no more. */
  settle(version: string, rotation: string): Promise<void>;
  disable(version: string): Promise<void>;
}

/** Whoever `az login` made this machine; where the platform gives an identity, that. */
export function createCredential(): TokenCredential {
  const { IDENTITY_ENDPOINT: endpoint, AZURE_CLIENT_ID: clientId } = process.env;
  const managed =
    endpoint === undefined
      ? []
      : [new ManagedIdentityCredential(clientId === undefined ? {} : { clientId })];
  return new ChainedTokenCredential(...managed, new AzureCliCredential());
}

/** "pending" or "done", and the rotation's id. */
const tag = "okta-rotation";
const day = 86_400_000;
/** As scripts/seed-secrets.sh has it; the alert secret-expiry comes 30 days before. */
const livesForMs = 180 * day;

/** @throws {Error} with Key Vault's code, never with a value. */
export function createVaultSecret(
  vault: string,
  name: string,
  credential: TokenCredential,
): VaultSecret {
  if (!/^[\da-z-]{3,24}$/i.test(vault)) throw new Error("--vault is the name of a key vault.");
  const url = `https://${vault}.vault.azure.net`;
  const client = new SecretClient(url, credential);
  const once = new SecretClient(url, credential, { retryOptions: { maxRetries: 0 } });
  const withVaultErrors = <Value>(call: Promise<Value>) =>
    call.catch((error: unknown) => Promise.reject(vaultError(vault, error)));

  const listAll = () => Array.fromAsync(client.listPropertiesOfSecretVersions(name));
  const listLive = async () =>
    (await listAll())
      .filter(isLive)
      .map(({ version: id = "", createdOn = new Date(0), tags }) => ({
        id,
        createdOn,
        ...rotationIn(tags?.[tag]),
      }))
      .toSorted((one, two) => two.createdOn.getTime() - one.createdOn.getTime());

  return {
    vault,
    liveVersions: () => withVaultErrors(listLive()),
    changedOn: () =>
      withVaultErrors(listAll().then((all) => new Date(Math.max(0, ...all.map(changeOf))))),
    value: (version) =>
      withVaultErrors(client.getSecret(name, { version }).then(({ value = "" }) => value)),
    addPending: (value, rotation) =>
      withVaultErrors(
        once
          .setSecret(name, value, {
            contentType: "text/plain",
            expiresOn: new Date(Date.now() + livesForMs),
            tags: { [tag]: `pending ${rotation}` },
          })
          .then(() => undefined),
      ),
    settle: (version, rotation) =>
      withVaultErrors(
        client
          .updateSecretProperties(name, version, { tags: { [tag]: `done ${rotation}` } })
          .then(() => undefined),
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

function rotationIn(text = ""): Pick<Version, "rotation" | "pending"> {
  const [state, rotation] = text.split(" ");
  return { rotation, pending: state === "pending" && rotation !== undefined };
}

function vaultError(vault: string, error: unknown): Error {
  if (!(error instanceof RestError)) {
    const name = error instanceof Error ? error.name : "error";
    return new Error(
      `The vault ${vault} cannot be used: ${name}. az login, and a way to the vault's network?`,
    );
  }
  const words =
    error.statusCode === 403
      ? " It takes the role Key Vault Secrets Officer on that secret, and a way to its network."
      : "";
  return new Error(`The vault ${vault} says HTTP ${error.statusCode ?? "nothing"}.${words}`);
}
