import type { HttpRequest } from "@azure/functions";
import type { AccessTokens } from "../wiring/access-tokens.ts";
import type { Deadline } from "../timing/deadline.ts";
import type { Authentication, TokenAuthentication } from "../okta/authenticate.ts";
import type { Secret } from "../secrets/secret.ts";
import { authenticateCaller } from "./authenticate-caller.ts";

/** Is this Okta? Never throws for what a stranger may send. */
export type AuthenticateHook = (
  headers: HttpRequest["headers"],
  deadline: Deadline,
) => Promise<Authentication | TokenAuthentication | "secrets-not-loaded" | "keys-not-loaded">;

interface Accepted {
  /** The header in which Okta sends the hook secret. Tokens come in `Authorization`. */
  readonly authHeader: string;
  /** Undefined where tokens alone are accepted. */
  readonly hookSecret: Secret | undefined;
  /** Undefined where the secret alone is accepted. */
  readonly accessTokens: AccessTokens | undefined;
}

/** Okta's tokens are about 1 KB. Longer ones are not parsed. */
const tokenLimit = 8 * 1024;

/** Where both are accepted, what has the form of a token is one, and anything else is compared with the secret. */
export function createHookAuthentication({ authHeader, hookSecret, accessTokens }: Accepted): AuthenticateHook {
  return async (headers, deadline) => {
    const authorization = headers.get("authorization") ?? "";
    const token = accessTokens && tokenIn(authorization);
    if (accessTokens && token !== undefined) return accessTokens.authenticate(token, deadline);
    if (hookSecret !== undefined) return authenticateCaller(headers.get(authHeader), hookSecret, deadline);
    return { ok: false, reason: authorization === "" ? "no-header" : "not-a-token" };
  };
}

/** https://www.rfc-editor.org/rfc/rfc6750#section-2.1, and three parts, as a signed token has. */
function tokenIn(authorization: string): string | undefined {
  if (authorization.length > tokenLimit) return undefined;
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
}
