import { RefreshedSecret } from "../secrets/refreshed-secret.ts";
import type { Secret, SecretSettings } from "../secrets/secret.ts";
import type { createTokenVerifier, readKeySet, VerifyToken } from "./access-token.ts";

/** Okta signs in with OAuth 2.0 access tokens. */
export interface AccessTokens {
  /** The issuer's keys. They are public, but must be as fresh and as available as a secret. */
  readonly keys: Secret;
  readonly createVerifier: () => VerifyToken;
}

type TokenSettings = Parameters<typeof createTokenVerifier>[0] & { readonly keysUrl: string };

interface TokenBundle {
  readonly createTokenVerifier: typeof createTokenVerifier;
  readonly readKeySet: typeof readKeySet;
}

/**
 * Starts to read the issuer's keys.
 * @param load Loads jose, when the keys are first read.
 */
export function createAccessTokens(
  tokens: TokenSettings,
  reading: Omit<SecretSettings, "name" | "count" | "read">,
  load: () => TokenBundle,
): AccessTokens {
  const keys = new RefreshedSecret({
    ...reading,
    name: "okta-token-keys",
    count: 1,
    read: async (signal) => [{ value: await load().readKeySet(tokens.keysUrl, signal) }],
  });
  return { keys, createVerifier: () => load().createTokenVerifier(tokens, reading.clock) };
}
