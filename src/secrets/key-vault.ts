import { ManagedIdentityCredential } from "@azure/identity";
import { SecretClient, type SecretProperties } from "@azure/keyvault-secrets";
import type { Versions } from "./secret.ts";

export type Credential = ManagedIdentityCredential;

// The defaults retry for seconds. Those of the first credential of the process hold for all: runtime caches are static.
// https://learn.microsoft.com/javascript/api/@azure/identity/managedidentitycredential
const retryOptions = { maxRetries: 1, retryDelayInMs: 100, maxRetryDelayInMs: 200 };

export function createCredential(clientId: string): Credential {
  return new ManagedIdentityCredential({ clientId, retryOptions });
}

/** Reads the `count` newest versions of a secret that are enabled, active and not expired; none where it does not exist. */
export function createVaultReader(vaultUrl: string, credential: Credential) {
  const client = new SecretClient(vaultUrl, credential, { retryOptions });

  return async (name: string, count: number): Promise<Versions> => {
    const usable = (await listVersions(name)).filter(isUsable).sort(newestFirst).slice(0, count);
    const secrets = await Promise.all(usable.map(({ version }) => client.getSecret(name, { version: version ?? "" })));
    // A value that was stored from a file often ends with a line break, which no HTTP header can carry.
    return secrets.map(({ value = "" }) => value.trim()).filter((value) => value !== "");
  };

  async function listVersions(name: string): Promise<SecretProperties[]> {
    try {
      return await Array.fromAsync(client.listPropertiesOfSecretVersions(name));
    } catch (error) {
      if ((error as { statusCode?: number }).statusCode === 404) return [];
      throw error;
    }
  }
}

function isUsable({ enabled, notBefore, expiresOn }: SecretProperties): boolean {
  const now = Date.now();
  return enabled === true && (notBefore?.getTime() ?? -Infinity) <= now && (expiresOn?.getTime() ?? Infinity) > now;
}

function newestFirst(a: SecretProperties, b: SecretProperties): number {
  return (b.createdOn?.getTime() ?? 0) - (a.createdOn?.getTime() ?? 0);
}
