import { createHmac } from "node:crypto";

/** HMAC-SHA-256 in base64url. Without the key, hashing all numbers does not find the one that it is of. */
export function keyedHash(text: string, key: string): string {
  return createHmac("sha256", key).update(text).digest("base64url");
}
