import {
  constants,
  generateKeyPairSync,
  privateEncrypt,
  randomBytes,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto";
import type { Answer } from "./stand-in.ts";
import { notFound } from "./vault-failure.ts";

export interface SentDigest {
  readonly alg?: string;
  /** SHA-256 of the signed text, in base64url. */
  readonly value?: string;
}

interface StoredKey {
  readonly privateKey: KeyObject;
  readonly publicKey: JsonWebKey;
  readonly kid: string;
}

/**
 * RS256 signs this prefix, followed by the SHA-256 hash:
 * https://www.rfc-editor.org/rfc/rfc8017#section-9.2
 */
const sha256Prefix = Buffer.from("3031300d060960864801650304020105000420", "hex");

/** Key Vault's signing keys: https://learn.microsoft.com/rest/api/keyvault/keys/sign/sign */
export function createVaultKeys(vaultUrl: string) {
  const keys = new Map<string, StoredKey>();

  return {
    add(name: string): JsonWebKey {
      const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      const kid = randomBytes(16).toString("hex");
      const jwk = { ...publicKey.export({ format: "jwk" }), kid };
      keys.set(name, { privateKey, publicKey: jwk, kid: `${vaultUrl}/keys/${name}/${kid}` });
      return jwk;
    },
    /** Answers 404 to an unknown operation, as to an unknown key. */
    answer(method: string, path: string, { alg, value = "" }: SentDigest): Answer {
      const [, name = "", sign] = /^\/keys\/([\w-]+)(?:\/\w+\/(sign))?$/.exec(path) ?? [];
      const key = keys.get(name);
      if (key === undefined) return notFound(name);
      if (method === "GET" && sign === undefined)
        return { status: 200, body: { key: { ...key.publicKey, kid: key.kid } } };
      const digest = Buffer.from(value, "base64url");
      if (method !== "POST" || alg !== "RS256" || digest.length !== 32) return notFound(name);
      const padded = { key: key.privateKey, padding: constants.RSA_PKCS1_PADDING };
      const signature = privateEncrypt(padded, Buffer.concat([sha256Prefix, digest]));
      return { status: 200, body: { kid: key.kid, value: signature.toString("base64url") } };
    },
  };
}
