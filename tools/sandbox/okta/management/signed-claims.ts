import { createHash, createPublicKey, verify, type JsonWebKey, type KeyObject } from "node:crypto";
import { parseJson } from "../../../../src/privacy/json.ts";

interface Signed {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * Verifies a compact JWS with Node.js alone, because the library that signs must not check its own
 * work. Returns undefined if the signature, the algorithm (RS256 or ES256) or the age is invalid.
 */
export function readSigned(
  text: string,
  maxAgeSeconds: number,
  keyOf: (header: Signed["header"]) => JsonWebKey | undefined,
): Signed | undefined {
  const [first = "", second = "", third = "", ...more] = text.split(".");
  const [header, claims] = [first, second].map((part) =>
    parseJson(Buffer.from(part, "base64url").toString()),
  ) as [Signed["header"] | undefined, Signed["claims"] | undefined];
  if (header === undefined || claims === undefined || more.length > 0) return undefined;
  const key = importKey(keyOf(header));
  const type = { RS256: "rsa", ES256: "ec" }[String(header["alg"])];
  if (key?.asymmetricKeyType !== type || key === undefined) return undefined;
  const signature = Buffer.from(third, "base64url");
  const good = verify(
    "sha256",
    Buffer.from(`${first}.${second}`),
    { key, dsaEncoding: "ieee-p1363" },
    signature,
  );
  const age = Date.now() / 1000 - Number(claims["iat"]);
  return good && age > -60 && age < maxAgeSeconds ? { header, claims } : undefined;
}

function importKey(key: JsonWebKey | undefined): KeyObject | undefined {
  try {
    return key && createPublicKey({ key, format: "jwk" });
  } catch {
    return undefined;
  }
}

/** Returns the thumbprint of an EC key: https://www.rfc-editor.org/rfc/rfc7638 */
export function thumbprint({ crv, kty, x, y }: JsonWebKey): string {
  return createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url");
}
