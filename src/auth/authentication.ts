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

export function notLoaded(reason: "secrets-not-loaded" | "keys-not-loaded") {
  return { ok: false, outcome: "unavailable", reason } as const;
}

/**
 * Takes constant time. An empty header counts as none, because an empty secret grants no access.
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
