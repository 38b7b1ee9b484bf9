import { createHmac } from "node:crypto";

/**
 * HMAC-SHA-256 in base64url. Without the key, hashing all numbers does not find the one that it is of.
 * @param bytes How many of its bytes; all 32 where it is undefined.
 */
export function keyedHash(text: string, key: string, bytes?: number): string {
  return createHmac("sha256", key).update(text).digest().toString("base64url", 0, bytes);
}
