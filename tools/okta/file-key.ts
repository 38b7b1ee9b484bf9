import { readFileSync } from "node:fs";
import { importJWK, importPKCS8, SignJWT, type JWK } from "jose";
import type { SignAssertion } from "./sign-in.ts";

/**
 * With a key of a file: a JWK, or PKCS #8 in PEM. `kid` is the JWK's own. A PEM has none: where the
 * app has several keys, take a JWK.
 */
export async function createFileKey(path: string): Promise<SignAssertion> {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch {
    throw new Error("The file of OKTA_PRIVATE_KEY_FILE cannot be read.");
  }
  const { header, privateKey } = await imported(text).catch(() => {
    // The parser's own words can quote the key.
    throw new Error(
      "OKTA_PRIVATE_KEY_FILE holds neither a private JWK nor a PEM that begins with BEGIN PRIVATE KEY.",
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
