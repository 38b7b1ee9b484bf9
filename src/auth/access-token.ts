import * as http from "node:http";
import * as https from "node:https";
import {
  compactVerify,
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from "jose";
import { parseJson } from "../privacy/json.ts";
import type { Clock } from "../timing/clock.ts";
import type { Reason } from "../rules/reasons.ts";
import { unauthenticated, type Authentication } from "../rules/outcome.ts";

// This file and jose form a separate bundle. It is loaded only if tokens are accepted: see
// scripts/bundles.ts.

type TokenKeys = ReturnType<typeof createLocalJWKSet>;

interface ExpectedToken {
  readonly issuer: string;
  /** The token must have no other audience, because that audience could forward the token to us. */
  readonly audience: string;
  /** The app that Okta's hook signs in as. The server gives tokens to other apps too. */
  readonly clientId: string;
  readonly scope: string;
}

const clockToleranceSeconds = 60;
/** docs/tokens.md sets five minutes. A server with more than an hour is not set up for a hook. */
const lifetimeLimitSeconds = 3_600;
const maxTokenAge = "1d";

/**
 * Returns `token-key` if the claims are right but the key is unknown. Never quotes the token.
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

/** Runs before the signature, so that a forged token causes no read of the keys. */
function findMismatch(
  claims: JWTPayload,
  expected: ExpectedToken,
): Reason<"unauthenticated"> | undefined {
  if (claims.iss !== expected.issuer) return "token-issuer";
  const audiences = [claims.aud].flat();
  if (audiences.length !== 1 || audiences[0] !== expected.audience) return "token-audience";
  // Okta's claims are cid and scp. Entra's are azp (v2) or appid (v1), and roles.
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
    // `iat` is present but fails its check: the token was issued in the future.
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

/** Okta's set has two or three keys of half a KB each. */
const keySetLimitBytes = 64 * 1024;

/**
 * Returns the key set as JSON text. Rejects if it is not a 200 or holds no usable key.
 * https://developer.okta.com/docs/concepts/key-rotation/
 */
export async function readKeySet(url: string, signal: AbortSignal): Promise<string> {
  const text = await fetchText(url, signal);
  await importKeys(text);
  return text;
}

/** Trying a key blocks the event loop: 64 KiB of empty keys would take 2 s. */
const keysLimit = 32;

async function importKeys(keySet: string): Promise<TokenKeys> {
  const { keys: listed } = (parseJson(keySet) ?? {}) as { keys?: unknown };
  const keys: JWK[] = [];
  for (const key of Array.isArray(listed) ? (listed as JWK[]).slice(0, keysLimit) : [])
    if (await isUsable(key)) keys.push(key);
  if (keys.length === 0)
    throw Object.assign(new Error("The key set holds no usable key."), { code: "no usable keys" });
  return createLocalJWKSet({ keys });
}

const encode = (text: string) => Buffer.from(text).toString("base64url");
const unsigned = `${encode('{"alg":"RS256"}')}.${encode("{}")}.${Buffer.alloc(256).toString("base64url")}`;

/** The first use of WebCrypto takes 11 ms. It happens here, so no request waits for it. */
async function isUsable(key: JWK): Promise<boolean> {
  try {
    await compactVerify(unsigned, createLocalJWKSet({ keys: [key] }));
    return false;
  } catch (error) {
    return error instanceof errors.JWSSignatureVerificationFailed;
  }
}

/** Uses `node:https`, because `fetch` takes 21 ms to load and the app does not use it elsewhere. */
function fetchText(url: string, signal: AbortSignal): Promise<string> {
  const { get } = url.startsWith("https:") ? https : http;
  return new Promise((resolve, reject) => {
    const request = get(url, { signal, headers: { accept: "application/json" } }, (response) => {
      const { statusCode } = response;
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > keySetLimitBytes)
          response.destroy(Object.assign(new Error("too large"), { code: "too large" }));
      });
      response.on("error", reject);
      response.on("end", () => {
        resolve(Buffer.concat(chunks).toString());
      });
      if (statusCode !== 200) response.destroy(Object.assign(new Error("not 200"), { statusCode }));
    });
    request.on("error", reject);
  });
}
