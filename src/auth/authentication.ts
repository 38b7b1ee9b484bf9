import { createHash, timingSafeEqual } from "node:crypto";
import type { Reason } from "../delivery/reasons.ts";

export type Authentication =
  /** `secretVersion` is the ordinal of the version that matched: 1 is the newest. */
  | { readonly ok: true; readonly by: "secret"; readonly secretVersion: number }
  /** Milliseconds since the token's own `iat`, which is in whole seconds. */
  | { readonly ok: true; readonly by: "token"; readonly tokenAgeMs: number }
  | Unauthenticated
  | NotLoaded;

export interface Unauthenticated {
  readonly ok: false;
  readonly outcome: "unauthenticated";
  readonly reason: Reason<"unauthenticated">;
}

/** What the caller would be compared with has never been read. */
export interface NotLoaded {
  readonly ok: false;
  readonly outcome: "unavailable";
  readonly reason: "secrets-not-loaded" | "keys-not-loaded";
}

export function unauthenticated(reason: Reason<"unauthenticated">): Unauthenticated {
  return { ok: false, outcome: "unauthenticated", reason };
}

export function notLoaded(reason: NotLoaded["reason"]): NotLoaded {
  return { ok: false, outcome: "unavailable", reason };
}

/**
 * Whether the header holds an accepted version of a secret. Every version is compared, in constant
 * time, and by its hash, so that neither content nor length shows. An empty header counts as no
 * header: an empty secret grants no access.
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
