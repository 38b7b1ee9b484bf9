import type { WantedHook } from "./wanted-state.ts";

const timeoutMs = 10_000;

/**
 * Whether an OAuth 2.0 token endpoint is there. More cannot be asked: the key that signs in is Okta's alone. A request without it is
 * refused with the name of an error: https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export async function isTokenEndpoint({
  tokenUrl,
  clientId,
  scope,
}: Extract<WantedHook, { auth: "token" }>): Promise<boolean> {
  try {
    const reply = await fetch(tokenUrl, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams({ grant_type: "client_credentials", client_id: clientId, scope }),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { error } = (await reply.json()) as { readonly error?: unknown };
    return (reply.status === 400 || reply.status === 401) && typeof error === "string";
  } catch {
    return false;
  }
}
