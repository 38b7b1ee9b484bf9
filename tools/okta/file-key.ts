import { createPrivateKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { SignJWT } from "jose";
import type { SignAssertion } from "./sign-in.ts";

/** A PEM file has no `kid`, so an Okta app with several keys needs a JWK file. */
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
    // Leave out the parser's message, because it can quote the key.
    throw new Error(
      "The file that OKTA_PRIVATE_KEY_FILE names has no private key. Use a JWK or PEM file.",
    );
  }
  const header = { alg: "RS256", ...(jwk.kid !== undefined && { kid: jwk.kid }) };
  return (claims) => new SignJWT(claims).setProtectedHeader(header).sign(key);
}
