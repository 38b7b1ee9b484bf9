import {
  decodeJwt,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type CryptoKey,
  type JWTPayload,
} from "jose";
import type { Clock } from "../timing/clock.ts";
import type { Reason } from "../rules/reasons.ts";
import { unauthenticated, type Authentication } from "../rules/outcome.ts";
import { importKeys, type TokenKeys } from "./token-keys.ts";

interface ExpectedToken {
  readonly issuer: string;
  /**
   * The token must have only this audience. A second audience could forward the token to this app.
   */
  readonly audience: string;
  /**
   * Client id of the app that Okta's hook signs in as. The authorization server gives tokens to
   * other apps too.
   */
  readonly clientId: string;
  readonly scope: string;
}

const clockToleranceSeconds = 60;
/**
 * The lifetime in docs/tokens.md is five minutes. If tokens live longer than an hour, the
 * authorization server is not set up for a hook.
 */
const lifetimeLimitSeconds = 3_600;
const maxTokenAge = "1d";

/**
 * Returns the reason `token-key` if the claims are right but the key is unknown. Never quotes the
 * token.
 * https://developer.okta.com/docs/guides/validate-access-tokens/
 */
export function createTokenVerifier(expected: ExpectedToken, clock: Pick<Clock, "now">) {
  let last: { readonly keySet: string; readonly keys: TokenKeys } | undefined;
  async function keysOf(keySet: string): Promise<TokenKeys> {
    if (last?.keySet !== keySet) last = { keySet, keys: await importKeys(keySet) };
    return last.keys;
  }

  return async (token: string, keySet: string): Promise<Authentication> => {
    const read = readToken(token);
    if (read === undefined) return unauthenticated("not-a-token");
    const mismatch = findMismatch(read.claims, expected);
    if (mismatch !== undefined) return unauthenticated(mismatch);
    // If a token names no key, jose would try every key.
    if (typeof read.kid !== "string") return unauthenticated("token-key");
    return verifyWith(await keysOf(keySet), token, clock.now());
  };
}

function readToken(
  token: string,
): { readonly kid: unknown; readonly claims: JWTPayload } | undefined {
  try {
    return { kid: decodeProtectedHeader(token).kid, claims: decodeJwt(token) };
  } catch {
    return undefined;
  }
}

/** Claims are checked first, so a token with wrong claims causes no read of the keys. */
function findMismatch(
  claims: JWTPayload,
  expected: ExpectedToken,
): Reason<"unauthenticated"> | undefined {
  if (claims.iss !== expected.issuer) return "token-issuer";
  const audiences = [claims.aud].flat();
  if (audiences.length !== 1 || audiences[0] !== expected.audience) return "token-audience";
  // Okta's claims are cid and scp. Entra's claims are roles, and azp (v2) or appid (v1).
  const client = claims["cid"] ?? claims["azp"] ?? claims["appid"];
  if (client !== expected.clientId) return "token-client";
  const scopes = claims["scp"] ?? claims["roles"];
  const listed = typeof scopes === "string" ? scopes.split(" ") : scopes;
  return Array.isArray(listed) && listed.includes(expected.scope) ? undefined : "token-scope";
}

async function verifyWith(
  keys: TokenKeys | CryptoKey,
  token: string,
  now: number,
): Promise<Authentication> {
  try {
    const { payload } = await jwtVerify<{ iat: number; exp: number }>(token, keys, {
      algorithms: ["RS256"],
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ["exp", "iat"],
      maxTokenAge,
      currentDate: new Date(now),
    });
    if (payload.exp - payload.iat > lifetimeLimitSeconds) return unauthenticated("token-age");
    return { ok: true, by: "token", tokenAgeMs: now - payload.iat * 1_000 };
  } catch (error) {
    if (error instanceof errors.JWKSMultipleMatchingKeys) return verifyWithEach(error, token, now);
    if (error instanceof errors.JWTExpired)
      return unauthenticated(error.claim === "iat" ? "token-age" : "token-expired");
    // If `iat` is present but fails its check, the token was issued in the future.
    if (error instanceof errors.JWTClaimValidationFailed)
      return unauthenticated(
        error.claim === "iat" && error.reason === "check_failed" ? "token-age" : "token-times",
      );
    if (error instanceof errors.JWKSNoMatchingKey) return unauthenticated("token-key");
    if (error instanceof errors.JOSEError) return unauthenticated("token-signature");
    throw error;
  }
}

async function verifyWithEach(
  keys: AsyncIterable<CryptoKey>,
  token: string,
  now: number,
): Promise<Authentication> {
  for await (const key of keys) {
    const authentication = await verifyWith(key, token, now);
    if (authentication.ok || authentication.reason !== "token-signature") return authentication;
  }
  return unauthenticated("token-signature");
}
