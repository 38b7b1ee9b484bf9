import type { WantedHook } from "./wanted-state.ts";

const timeoutMs = 10_000;

/**
 * Returns what is wrong with the token endpoint, or undefined if no fault is found. Only Okta has
 * the key for a real request. The answer to a request without the key contains an error name:
 * https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 * For an unknown client, Okta returns that name as `errorCode`:
 * https://support.okta.com/help/s/article/invalid-client-error-returned-during-client-authentication-failure
 */
export async function faultOfTokenEndpoint({
  tokenUrl,
  clientId,
  scope,
}: Extract<WantedHook, { auth: "token" }>): Promise<string | undefined> {
  const notFound =
    "tokenUrl is not a token endpoint, or this machine cannot reach it. Check the URL in okta.json. If only Okta can reach the URL, add --unproved.";
  try {
    const reply = await fetch(tokenUrl, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams({ grant_type: "client_credentials", client_id: clientId, scope }),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { error, errorCode } = (await reply.json()) as {
      readonly error?: unknown;
      readonly errorCode?: unknown;
    };
    if (reply.status !== 400 && reply.status !== 401) return notFound;
    if (errorCode === "invalid_client")
      return "The token endpoint does not know clientId. Check clientId in okta.json.";
    return typeof error === "string" ? undefined : notFound;
  } catch {
    return notFound;
  }
}
