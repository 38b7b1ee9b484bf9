import { createHmac } from "node:crypto";

/** HMAC-SHA-256 in base64url. Without the key it can't be turned back, though numbers are few. */
export function keyedHash(text: string, key: string): string {
  return createHmac("sha256", key).update(text).digest("base64url");
}
