import { readFileSync } from "node:fs";
import { importJWK, importPKCS8, SignJWT, type JWK } from "jose";
import type { SignAssertion } from "./sign-in.ts";

/**
 * Signs with a private key from a file: a JWK, or PKCS #8 in PEM. A PEM has no `kid`, so an app
 * with several keys needs a JWK.
 */
export async function createFileKey(path: string): Promise<SignAssertion> {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch {
    throw new Error(
      "The file that OKTA_PRIVATE_KEY_FILE names cannot be read. Check its path and permissions.",
    );
  }
  const { header, privateKey } = await imported(text).catch(() => {
    // The parser's message can quote the key.
    throw new Error(
      "The file that OKTA_PRIVATE_KEY_FILE names holds no private key. Use a private JWK, or a PEM that begins with BEGIN PRIVATE KEY.",
    );
  });
  return (claims) => new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
}

async function imported(text: string) {
  const header = { alg: "RS256" };
  if (text.startsWith("-----BEGIN PRIVATE KEY-----"))
    return { header, privateKey: await importPKCS8(text, header.alg) };
  const jwk = JSON.parse(text) as JWK;
  return {
    header: jwk.kid === undefined ? header : { ...header, kid: jwk.kid },
    privateKey: await importJWK(jwk, header.alg),
  };
}
