import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import { ManagedIdentityCredential, type TokenCredential } from "@azure/identity";
import { bounded } from "../timing/bounded.ts";
import { retryOptions } from "./calls.ts";

/** All that wait for a token wait for the same call, so one without an end would keep them waiting for good. */
const tokenTimeoutMs = 5_000;

export type Credential = TokenCredential;

/**
 * A token is there within 5 s, or the call rejects and the next one asks afresh. What the first credential of the process is
 * given holds for all: runtime caches are static.
 * https://learn.microsoft.com/javascript/api/@azure/identity/managedidentitycredential
 */
export function createCredential(clientId: string): Credential {
  const identity = new ManagedIdentityCredential({ clientId, retryOptions, httpClient: createBoundedClient() });
  return {
    getToken: (scopes, options) =>
      bounded(() => identity.getToken(scopes, options), tokenTimeoutMs, "identity timed out"),
  };
}

/**
 * Lets go of a request that is not answered. The credential hands no signal on to it, and takes no policies of ours:
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
