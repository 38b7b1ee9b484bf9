import * as http from "node:http";
import * as https from "node:https";
import { compactVerify, errors, importJWK, type CryptoKey } from "jose";
import { parseJson } from "../delivery/parse-json.ts";

/** An issuer's keys by their `kid`. Nothing forbids two keys of one id. */
export type TokenKeys = ReadonlyMap<string, readonly CryptoKey[]>;

/** A set of Okta's is two or three keys, of half a KB each. */
const keySetLimitBytes = 64 * 1024;

/**
 * Reads an issuer's key set, as its text. Rejects where it can't be had at this very URL (no redirect is followed), is over
 * 64 KiB, or holds no key that can be used: then the caller keeps what it has.
 * https://developer.okta.com/docs/concepts/key-rotation/
 * @param url https, or http of a loopback host.
 */
export async function readKeySet(url: string, signal: AbortSignal): Promise<string> {
  const text = await fetchText(url, signal);
  await importKeys(text);
  return text;
}

/** Keys for RS256 alone. One of another kind, or one that is broken, is passed over: it may be next to good ones. */
export async function importKeys(keySet: string): Promise<TokenKeys> {
  const { keys } = (parseJson(keySet) ?? {}) as { keys?: unknown };
  const usable = new Map<string, CryptoKey[]>();
  for (const jwk of Array.isArray(keys) ? (keys as unknown[]) : []) {
    const { kid, kty, use = "sig", alg = "RS256", n, e } = (jwk ?? {}) as Record<string, unknown>;
    if (typeof kid !== "string" || kty !== "RSA" || use !== "sig" || alg !== "RS256") continue;
    const key = typeof n === "string" && typeof e === "string" ? await importKey(n, e) : undefined;
    if (key !== undefined) usable.set(kid, [...(usable.get(kid) ?? []), key]);
  }
  if (usable.size === 0) throw Object.assign(new Error("no key that can be used"), { code: "no usable keys" });
  return usable;
}

async function importKey(n: string, e: string): Promise<CryptoKey | undefined> {
  try {
    const key = await importJWK({ kty: "RSA", n, e }, "RS256");
    return !(key instanceof Uint8Array) && (await canVerify(key)) ? key : undefined;
  } catch {
    return undefined;
  }
}

const encode = (text: string) => Buffer.from(text).toString("base64url");
const unsigned = `${encode('{"alg":"RS256"}')}.${encode("{}")}.${Buffer.alloc(256).toString("base64url")}`;

/**
 * Whether a signature can be tried with it: one of under 2,048 bits throws otherwise. And the first use of WebCrypto takes
 * 11 ms, which no hook has to pay after this.
 */
async function canVerify(key: CryptoKey): Promise<boolean> {
  return compactVerify(unsigned, key).then(
    () => false,
    (error: unknown) => error instanceof errors.JWSSignatureVerificationFailed,
  );
}

/** `fetch` would do, and takes 21 ms to load: nothing else here uses it. */
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
        if (size > keySetLimitBytes) response.destroy(Object.assign(new Error("too large"), { code: "too large" }));
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
