import type { WantedHook } from "./wanted-state.ts";

const timeoutMs = 10_000;

/**
 * What is surely wrong with a token endpoint; undefined where nothing is. More cannot be asked: the
 * key that signs in is Okta's alone. A request without it is refused with the name of an error:
 * https://www.rfc-editor.org/rfc/rfc6749#section-5.2. Of a client that it does not know Okta writes
 * that as its own `errorCode`:
 * https://support.okta.com/help/s/article/invalid-client-error-returned-during-client-authentication-failure
 */
export async function faultOfTokenEndpoint({
  tokenUrl,
  clientId,
  scope,
}: Extract<WantedHook, { auth: "token" }>): Promise<string | undefined> {
  const none = "tokenUrl is no token endpoint. Where it cannot be reached from here: --unproved.";
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
    if (reply.status !== 400 && reply.status !== 401) return none;
    if (errorCode === "invalid_client") return "the token endpoint does not know clientId.";
    return typeof error === "string" ? undefined : none;
  } catch {
    return none;
  }
}
