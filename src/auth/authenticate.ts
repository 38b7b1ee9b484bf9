import type { HttpRequest } from "@azure/functions";
import type { Secret } from "../secrets/secret.ts";
import type { Deadline } from "../timing/deadline.ts";
import type { VerifyToken } from "./access-token.ts";
import type { AccessTokens } from "./access-tokens.ts";
import {
  compareSecret,
  notLoaded,
  unauthenticated,
  type Authentication,
} from "./authentication.ts";

interface HookCredentials {
  /** The header in which Okta sends the hook secret. Tokens come in `Authorization`. */
  readonly authHeader: string;
  /** Undefined if Okta signs in with access tokens alone. */
  readonly hookSecret: Secret | undefined;
  /** Undefined if Okta signs in with the hook secret alone. */
  readonly accessTokens: AccessTokens | undefined;
}

/** Okta's tokens are about 1 KB. Longer ones are not parsed. */
const tokenLimit = 8 * 1024;

/**
 * Is this Okta? If both are accepted, a credential with the format of a token is one, and anything
 * else is compared with the hook secret.
 */
export function createHookAuthentication(credentials: HookCredentials) {
  const { authHeader, hookSecret, accessTokens } = credentials;
  let verify: VerifyToken | undefined;

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
    { keys, createVerifier }: AccessTokens,
    deadline: Deadline,
  ): Promise<Authentication> {
    const [keySet] = await keys.get(deadline);
    if (keySet === undefined) return notLoaded("keys-not-loaded");
    verify ??= createVerifier();
    const authentication = await verify(token, keySet);
    if (authentication.ok || authentication.reason !== "token-key") return authentication;
    // The issuer may have begun to use a key since its key set was last read.
    const [fresh = keySet] = await keys.reload(deadline);
    return verify(token, fresh);
  }
}

/** https://www.rfc-editor.org/rfc/rfc6750#section-2.1, and three parts, as a signed token has. */
function tokenIn(authorization: string): string | undefined {
  if (authorization.length > tokenLimit) return undefined;
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
}

/**
 * Compares what a caller sends with a secret. An unknown value may have just been rotated in, so
 * the vault is asked once more.
 */
export async function authenticateCaller(
  header: string | null,
  secret: Secret,
  deadline: Deadline,
): Promise<Authentication> {
  if (header === null || header === "") return unauthenticated("no-header");
  const versions = await secret.get(deadline);
  if (versions.length === 0) return notLoaded("secrets-not-loaded");
  const authentication = compareSecret(header, versions);
  return authentication.ok ? authentication : compareSecret(header, await secret.reload(deadline));
}
