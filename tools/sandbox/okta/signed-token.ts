import { createHmac, generateKeyPairSync, sign, type KeyObject } from "node:crypto";

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

let made = 0;

/** By default, the key has the same size as Okta's keys. */
export function createSigningKey(kid = `key-${++made}`, modulusLength = 2048): SigningKey {
  return { kid, ...generateKeyPairSync("rsa", { modulusLength }) };
}

export function publicJwk({ kid, publicKey }: SigningKey): Record<string, unknown> {
  return { ...publicKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" };
}

/**
 * Returns a token signed with RS256. Node.js alone signs the token, because the library that
 * verifies tokens must not check its own work.
 */
export function signToken(key: SigningKey, claims: object, header: object = {}): string {
  return withSignature({ alg: "RS256", kid: key.kid, ...header }, claims, (text) =>
    sign("sha256", Buffer.from(text), key.privateKey),
  );
}

/** Returns the token of a known attack: HS256 with the public key as the secret. */
export function signWithPublicKey({ kid, publicKey }: SigningKey, claims: object): string {
  const secret = publicKey.export({ format: "pem", type: "spki" });
  return withSignature({ alg: "HS256", kid }, claims, (text) =>
    createHmac("sha256", secret).update(text).digest(),
  );
}

export function withSignature(
  header: object,
  claims: object,
  signatureOf: (text: string) => Buffer,
): string {
  const text = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${text}.${signatureOf(text).toString("base64url")}`;
}
