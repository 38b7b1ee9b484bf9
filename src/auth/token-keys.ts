import * as http from "node:http";
import * as https from "node:https";
import { compactVerify, createLocalJWKSet, errors, type JWK } from "jose";
import { parseJson } from "../delivery/json.ts";

/** An issuer's keys, of which jose takes the one that a token's header names. */
export type TokenKeys = ReturnType<typeof createLocalJWKSet>;

/** A set of Okta's is two or three keys, of half a KB each. */
const keySetLimitBytes = 64 * 1024;

/**
 * Reads an issuer's key set, as its text. Rejects where it can't be had at this very URL (no
 * redirect is followed), is over 64 KiB, or holds no key that can be used: then the caller keeps
 * what it has. https://developer.okta.com/docs/concepts/key-rotation/
 * @param url https, or http of a loopback host.
 */
export async function readKeySet(url: string, signal: AbortSignal): Promise<string> {
  const text = await fetchText(url, signal);
  await importKeys(text);
  return text;
}

/** Each is tried, which takes the worker's time: 64 KiB of empty ones would take 2 s. */
const keysLimit = 32;

/**
 * Of the first 32 keys those for RS256 alone. One of another kind, or one that is broken, is passed
 * over: it may be next to good ones.
 */
export async function importKeys(keySet: string): Promise<TokenKeys> {
  const { keys: listed } = (parseJson(keySet) ?? {}) as { keys?: unknown };
  const keys: JWK[] = [];
  for (const key of Array.isArray(listed) ? (listed as JWK[]).slice(0, keysLimit) : [])
    if (await isUsable(key)) keys.push(key);
  if (keys.length === 0)
    throw Object.assign(new Error("no key that can be used"), { code: "no usable keys" });
  return createLocalJWKSet({ keys });
}

const encode = (text: string) => Buffer.from(text).toString("base64url");
const unsigned = `${encode('{"alg":"RS256"}')}.${encode("{}")}.${Buffer.alloc(256).toString("base64url")}`;

/**
 * Whether jose tries an RS256 signature with it, here one that is wrong: not with an encryption
 * key, nor with one of under 2,048 bits. And the first use of WebCrypto takes 11 ms, which no hook
 * has to pay after this.
 */
async function isUsable(key: JWK): Promise<boolean> {
  try {
    await compactVerify(unsigned, createLocalJWKSet({ keys: [key] }));
    return false;
  } catch (error) {
    return error instanceof errors.JWSSignatureVerificationFailed;
  }
}

/** Not `fetch`, which takes 21 ms to load and is used nowhere else here. */
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
