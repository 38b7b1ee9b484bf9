import type { ExpectedToken } from "../okta/access-token.ts";
import type { Environment } from "./environment.ts";

/** The access tokens that are accepted. */
export interface TokenSettings extends ExpectedToken {
  readonly keysUrl: string;
  readonly maxAgeMs: number;
  readonly outageMs: number;
}

/** All of them are required where tokens are accepted: see problems.ts. */
export function createTokenSettings(env: Environment): TokenSettings | undefined {
  if (env.OKTA_HOOK_AUTH === "secret") return undefined;
  const issuer = env.OKTA_TOKEN_ISSUER ?? "";
  return {
    issuer,
    audience: env.OKTA_TOKEN_AUDIENCE ?? "",
    clientId: env.OKTA_TOKEN_CLIENT_ID ?? "",
    scope: env.OKTA_TOKEN_SCOPE ?? "",
    // Where Okta's custom authorization servers have them: https://developer.okta.com/docs/concepts/key-rotation/
    keysUrl: env.OKTA_TOKEN_KEYS_URL ?? `${issuer}/v1/keys`,
    maxAgeMs: env.SECRET_MAX_AGE_MINUTES * 60_000,
    outageMs: env.SECRET_OUTAGE_HOURS * 3_600_000,
  };
}
