import { createHash, timingSafeEqual } from "node:crypto";
import type { HttpRequest } from "@azure/functions";
import { createRefreshedValue } from "../secrets/refresh.ts";
import type { RefreshedValue, RefreshSettings } from "../secrets/refreshed-value.ts";
import type { Deadline } from "../timing/clock.ts";
import { createTokenVerifier } from "./access-token.ts";
import { readKeySet } from "./token-keys.ts";
import { unavailable, unauthenticated, type Authentication } from "../rules/outcome.ts";

export function createAccessTokens(
  tokens: Parameters<typeof createTokenVerifier>[0] & { readonly keysUrl: string },
  reading: Omit<RefreshSettings, "name" | "count" | "read">,
) {
  const keys = createRefreshedValue({
    ...reading,
    name: "okta-token-keys",
    count: 1,
    read: async (signal) => [{ value: await readKeySet(tokens.keysUrl, signal) }],
  });
  return { keys, verify: createTokenVerifier(tokens, reading.clock) };
}
type AccessTokens = ReturnType<typeof createAccessTokens>;

interface HookCredentials {
  /** The header in which Okta sends the hook secret. Tokens come in `Authorization`. */
  readonly authHeader: string;
  readonly hookSecret: RefreshedValue | undefined;
  readonly accessTokens: AccessTokens | undefined;
}

/** In characters. Okta's tokens have about 1,000. A longer header is not parsed as a token. */
const tokenLimit = 8 * 1024;

export function createHookAuthentication(credentials: HookCredentials) {
  const { authHeader, hookSecret, accessTokens } = credentials;

  return async (headers: HttpRequest["headers"], deadline: Deadline): Promise<Authentication> => {
    const authorization = headers.get("authorization") ?? "";
    const token = tokenIn(authorization);
    if (accessTokens && token !== undefined)
      return authenticateToken(token, accessTokens, deadline);
    if (hookSecret !== undefined)
      return authenticateCaller(headers.get(authHeader), hookSecret, deadline);
    return unauthenticated(authorization === "" ? "no-header" : "not-a-token");
  };

  async function authenticateToken(
    token: string,
    { keys, verify }: AccessTokens,
    deadline: Deadline,
  ): Promise<Authentication> {
    const [keySet] = await keys.get(deadline);
    if (keySet === undefined) return unavailable("keys-not-loaded");
    const authentication = await verify(token, keySet);
    if (authentication.ok || authentication.reason !== "token-key") return authentication;
    // The issuer may have signed with a new key that is not yet in the app's copy of the key set.
    const [fresh = keySet] = await keys.reload(deadline);
    return verify(token, fresh);
  }
}

/** https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
function tokenIn(authorization: string): string | undefined {
  if (authorization.length > tokenLimit) return undefined;
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
}

export async function authenticateCaller(
  header: string | null,
  secret: RefreshedValue,
  deadline: Deadline,
): Promise<Authentication> {
  if (header === null || header === "") return unauthenticated("no-header");
  const versions = await secret.get(deadline);
  if (versions.length === 0) return unavailable("secrets-not-loaded");
  const known = compareSecret(header, versions);
  const authentication = known.ok ? known : compareSecret(header, await secret.reload(deadline));
  if (authentication.ok) secret.noteSent(header);
  return authentication;
}

/** Takes constant time. An empty secret must not grant access. */
export function compareSecret(header: string | null, versions: readonly string[]): Authentication {
  if (header === null || header === "") return unauthenticated("no-header");
  const given = digest(header);
  let secretVersion = 0;
  for (const [index, secret] of versions.entries()) {
    const same = timingSafeEqual(given, digest(secret));
    if (same && secretVersion === 0) secretVersion = index + 1;
  }
  return secretVersion > 0
    ? { ok: true, by: "secret", secretVersion }
    : unauthenticated("wrong-secret");
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
