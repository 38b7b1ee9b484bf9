import { createHash, timingSafeEqual } from "node:crypto";
import type { Reason } from "../rules/reasons.ts";

export type Authentication =
  /** `secretVersion` is 1 for the newest version. */
  | { readonly ok: true; readonly by: "secret"; readonly secretVersion: number }
  /** Time since the token's `iat`, which is in whole seconds. */
  | { readonly ok: true; readonly by: "token"; readonly tokenAgeMs: number }
  | ReturnType<typeof unauthenticated>
  | ReturnType<typeof notLoaded>;

export function unauthenticated(reason: Reason<"unauthenticated">) {
  return { ok: false, outcome: "unauthenticated", reason } as const;
}

/** The secrets or the keys have never been read. */
export function notLoaded(reason: "secrets-not-loaded" | "keys-not-loaded") {
  return { ok: false, outcome: "unavailable", reason } as const;
}

/**
 * Compares a header with each version of a secret in constant time and by hash, so that the time
 * does not depend on content or length. An empty header counts as no header, because an empty
 * secret must not grant access.
 * https://developer.okta.com/docs/concepts/inline-hooks/
 */
export function compareSecret(header: string | null, versions: readonly string[]): Authentication {
  if (header === null || header === "") return unauthenticated("no-header");
  const given = digest(header);
  let secretVersion = 0;
  for (const [index, secret] of versions.entries()) {
    const same = timingSafeEqual(given, digest(secret));
    if (same && secretVersion === 0) secretVersion = index + 1;
  }
  return secretVersion > 0
    ? { ok: true, by: "secret", secretVersion }
    : unauthenticated("wrong-secret");
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
