import { SecretClient, type SecretProperties } from "@azure/keyvault-secrets";
import { bounded, type Clock } from "../timing/clock.ts";
import { retryOptions, statusOf } from "./calls.ts";
import { type TokenCredential, ManagedIdentityCredential } from "@azure/identity";
import { hasBegun, hasExpired, type Versions } from "../secrets/refreshed-value.ts";
import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";

/** Two versions are enabled during a rotation. Older enabled versions are spare. */
const expectedVersions = 2;

/**
 * Reads the `count` newest versions that are valid now, and the versions that become valid later.
 * Spare versions are in the list without their values. The list is empty if the secret does not
 * exist.
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
      // A value from a file often ends with a line break, which no HTTP header may contain.
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

/** All callers share one request for a token, so a hanging request would block them all. */
const tokenTimeoutMs = 5_000;

/**
 * Options of the first credential apply to the whole process, because the SDK's caches are static.
 * https://learn.microsoft.com/javascript/api/@azure/identity/managedidentitycredential
 */
export function createCredential(clock: Clock, clientId: string): TokenCredential {
  const identity = new ManagedIdentityCredential({
    clientId,
    retryOptions,
    httpClient: createBoundedClient(),
  });
  return {
    getToken: (scopes, options) =>
      bounded(
        clock,
        () => identity.getToken(scopes, options),
        tokenTimeoutMs,
        "identity timed out",
      ),
  };
}

/**
 * The credential neither passes on an abort signal nor accepts policies:
 * https://github.com/Azure/azure-sdk-for-js/blob/main/sdk/identity/identity/src/credentials/managedIdentityCredential/index.ts
 */
function createBoundedClient(): HttpClient {
  const client = createDefaultHttpClient();
  return {
    sendRequest(request) {
      request.abortSignal = AbortSignal.timeout(tokenTimeoutMs);
      return client.sendRequest(request);
    },
  };
}
