import type { HttpRequest } from "@azure/functions";
import type { VerifyToken } from "../okta/access-token.ts";
import { authenticate, type Authentication } from "../okta/authenticate.ts";
import type { Secret } from "../secrets/secret.ts";
import type { Deadline } from "../timing/deadline.ts";

/** Okta signs in with OAuth 2.0 access tokens, in place of a secret or beside one. */
interface AccessTokens {
  /** The issuer's keys. They are public, but have to be as fresh and as available as a secret. */
  readonly keys: Secret;
  readonly createVerifier: () => VerifyToken;
}

/** Okta's tokens are about 1 KB. Longer ones are not parsed. */
const tokenLimit = 8 * 1024;

/**
 * Is this Okta? Where both are accepted, what has the form of a token is one, and anything else is
 * compared with the secret.
 */
export function createHookAuthentication({
  authHeader,
  hookSecret,
  accessTokens,
}: {
  /** The header in which Okta sends the hook secret. Tokens come in `Authorization`. */
  readonly authHeader: string;
  readonly hookSecret: Secret | undefined;
  readonly accessTokens: AccessTokens | undefined;
}) {
  const authenticateToken = accessTokens && createTokenAuthentication(accessTokens);
  return async (
    headers: HttpRequest["headers"],
    deadline: Deadline,
  ): Promise<Authentication | "secrets-not-loaded" | "keys-not-loaded"> => {
    const authorization = headers.get("authorization") ?? "";
    const token = tokenIn(authorization);
    if (authenticateToken && token !== undefined) return authenticateToken(token, deadline);
    if (hookSecret !== undefined)
      return authenticateCaller(headers.get(authHeader), hookSecret, deadline);
    return { ok: false, reason: authorization === "" ? "no-header" : "not-a-token" };
  };
}

/** https://www.rfc-editor.org/rfc/rfc6750#section-2.1, and three parts, as a signed token has. */
function tokenIn(authorization: string): string | undefined {
  if (authorization.length > tokenLimit) return undefined;
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
}

function createTokenAuthentication({ keys, createVerifier }: AccessTokens) {
  let verify: VerifyToken | undefined;
  return async (token: string, deadline: Deadline): Promise<Authentication | "keys-not-loaded"> => {
    const [keySet] = await keys.get(deadline);
    if (keySet === undefined) return "keys-not-loaded";
    verify ??= createVerifier();
    const authentication = await verify(token, keySet);
    if (authentication.ok || authentication.reason !== "token-key") return authentication;
    // Signed with a key that we have not seen: the issuer may have begun to use it since we last
    // asked.
    const [fresh = keySet] = await keys.reload(deadline);
    return verify(token, fresh);
  };
}

/** An unknown secret may be one that has just been rotated in, so the vault is asked once more. */
export async function authenticateCaller(
  header: string | null,
  secret: Secret,
  deadline: Deadline,
): Promise<Authentication | "secrets-not-loaded"> {
  if (header === null || header === "") return { ok: false, reason: "no-header" };
  const versions = await secret.get(deadline);
  if (versions.length === 0) return "secrets-not-loaded";
  const authentication = authenticate(header, versions);
  return authentication.ok ? authentication : authenticate(header, await secret.reload(deadline));
}
