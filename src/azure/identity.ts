import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import { ManagedIdentityCredential, type TokenCredential } from "@azure/identity";
import { bounded } from "../timing/deadline.ts";
import type { Clock } from "../timing/clock.ts";
import { retryOptions } from "./calls.ts";

/** All callers share one request for a token, so one that never settled would block all of them. */
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
 * Aborts a request that gets no answer. The credential does not pass on a signal and accepts no
 * policies:
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
