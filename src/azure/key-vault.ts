import { SecretClient, type SecretProperties } from "@azure/keyvault-secrets";
import type { Clock } from "../timing/clock.ts";
import { retryOptions, statusOf } from "./calls.ts";
import type { TokenCredential } from "@azure/identity";
import { hasBegun, hasExpired, type Versions } from "../secrets/versions.ts";

/** Two versions are enabled during a rotation. Further enabled versions are spare. */
const expectedVersions = 2;

export { createCredential } from "./identity.ts";

/**
 * Reads the `count` newest versions that are valid now, and every later one. Older versions have no
 * values. If the secret does not exist, the list is empty.
 */
export function createVaultReader(
  clock: Pick<Clock, "now">,
  vaultUrl: string,
  credential: TokenCredential,
) {
  const client = new SecretClient(vaultUrl, credential, { retryOptions });

  return async (name: string, count: number, abortSignal: AbortSignal): Promise<Versions> => {
    const usable = (await listVersions(name, abortSignal))
      .filter((one) => one.enabled === true && !hasExpired(one, clock.now()))
      .sort(newestFirst);
    const begun = usable.filter((one) => hasBegun(one, clock.now()));
    const wanted = usable.filter((one) => !begun.slice(count).includes(one));
    const versions = wanted.map(async ({ version = "", notBefore, expiresOn }) => {
      const { value = "" } = await client.getSecret(name, { version, abortSignal });
      // A value that was stored from a file often ends with a line break, which is not allowed in
      // an HTTP header.
      return { value: value.trim(), notBefore, expiresOn };
    });
    const spare = begun.slice(expectedVersions).map(() => ({ value: undefined }));
    return [...(await Promise.all(versions)).filter(({ value }) => value !== ""), ...spare];
  };

  async function listVersions(name: string, abortSignal: AbortSignal): Promise<SecretProperties[]> {
    try {
      return await Array.fromAsync(client.listPropertiesOfSecretVersions(name, { abortSignal }));
    } catch (error) {
      if (statusOf(error) === 404) return [];
      throw error;
    }
  }
}

function newestFirst(a: SecretProperties, b: SecretProperties): number {
  return (b.createdOn?.getTime() ?? 0) - (a.createdOn?.getTime() ?? 0);
}
