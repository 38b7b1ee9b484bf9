import { createHash, timingSafeEqual } from "node:crypto";

export const unauthenticatedReasons = [
  "no-header",
  "wrong-secret",
  // Where access tokens are accepted:
  "not-a-token",
  "token-issuer",
  "token-audience",
  "token-client",
  "token-scope",
  "token-key",
  "token-signature",
  "token-expired",
  "token-times",
  "token-age",
] as const;
export type UnauthenticatedReason = (typeof unauthenticatedReasons)[number];

export type Authentication =
  /** `secretVersion` is the ordinal of the version that matched: 1 is the newest. */
  | { readonly ok: true; readonly by: "secret"; readonly secretVersion: number }
  /**
   * `tokenAgeMs` is the time since the token was issued, by its own `iat`, which is in whole
   * seconds.
   */
  | { readonly ok: true; readonly by: "token"; readonly tokenAgeMs: number }
  | { readonly ok: false; readonly reason: UnauthenticatedReason };

/**
 * Whether the header holds an accepted hook secret. Each accepted version is compared, in constant
 * time: hashed first, so that neither content nor length shows. An empty header is no header, so an
 * empty secret lets nobody through. https://developer.okta.com/docs/concepts/inline-hooks/
 */
export function authenticate(
  header: string | null,
  hookSecrets: readonly string[],
): Authentication {
  if (header === null || header === "") return { ok: false, reason: "no-header" };
  const given = digest(header);
  let secretVersion = 0;
  for (const [index, secret] of hookSecrets.entries()) {
    const same = timingSafeEqual(given, digest(secret));
    if (same && secretVersion === 0) secretVersion = index + 1;
  }
  return secretVersion > 0
    ? { ok: true, by: "secret", secretVersion }
    : { ok: false, reason: "wrong-secret" };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
