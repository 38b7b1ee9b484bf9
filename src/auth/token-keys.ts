import * as http from "node:http";
import * as https from "node:https";
import { compactVerify, createLocalJWKSet, errors, type JWK } from "jose";
import { parseJson } from "../privacy/json.ts";

export type TokenKeys = ReturnType<typeof createLocalJWKSet>;

/** Okta's set has two or three keys of half a KB each. */
const keySetLimitBytes = 64 * 1024;

/**
 * Returns the key set as JSON text. Rejects if the reply is not a 200 or has no usable key.
 * https://developer.okta.com/docs/concepts/key-rotation/
 */
export async function readKeySet(url: string, signal: AbortSignal): Promise<string> {
  const text = await fetchText(url, signal);
  await importKeys(text);
  return text;
}

/** Without a limit, empty keys in a set of 64 KiB could block the event loop for 2 s. */
const keysLimit = 32;

export async function importKeys(keySet: string): Promise<TokenKeys> {
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

/** Also makes the first use of WebCrypto, which takes 11 ms, before a request needs it. */
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
