import { createPrivateKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { SignJWT } from "jose";
import type { SignAssertion } from "./sign-in.ts";

/**
 * Signs with a private key from a file: a JWK or a PEM. A PEM has no `kid`, so an app with several
 * keys needs a JWK.
 */
export function createFileKey(path: string): SignAssertion {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch {
    throw new Error(
      "The file that OKTA_PRIVATE_KEY_FILE names cannot be read. Check its path and permissions.",
    );
  }
  let jwk: JsonWebKey & { readonly kid?: string } = {};
  let key: KeyObject;
  try {
    if (!text.startsWith("-----")) jwk = JSON.parse(text) as typeof jwk;
    key = createPrivateKey(text.startsWith("-----") ? text : { key: jwk, format: "jwk" });
  } catch {
    // The parser's message can quote the key.
    throw new Error(
      "The file that OKTA_PRIVATE_KEY_FILE names holds no private key. Use a JWK or PEM.",
    );
  }
  const header = { alg: "RS256", ...(jwk.kid !== undefined && { kid: jwk.kid }) };
  return (claims) => new SignJWT(claims).setProtectedHeader(header).sign(key);
}
