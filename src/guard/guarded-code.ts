import type { CodeKind } from "../delivery/otp-delivery.ts";

/** What the guard knows of a code. Numbers and users come as keyed hashes, never as they are. */
export interface CodeFacts {
  readonly kind: CodeKind;
  readonly phoneKey: string;
  /** Undefined where Okta names no user: then the number stands for the person. */
  readonly userKey: string | undefined;
  /** E.164 less its last four digits. */
  readonly range: string;
  /** Country or, where it is not known, calling code with `+`. */
  readonly country: string;
}

/** A code that the phone policy lets through. */
export interface GuardedCode extends CodeFacts {
  /** The operator has named its country among the allowed ones. */
  readonly countryAllowed: boolean;
}

/** A code that somebody used. Times are in milliseconds since 1970. */
export interface UsedCode extends CodeFacts {
  /** When the code was let through, or refused. */
  readonly askedAt: number;
  /** False where the guard refused it, or 8x8 did not take it, and Okta's own provider sent it. */
  readonly counted: boolean;
  /** When Okta published the event. */
  readonly publishedAt: number;
}

/** Recoveries are apart, since strangers can ask for them. Others are sign-ins, and unknown kinds, since Okta may rename one. */
export const groups = ["enrollments", "recoveries", "others"] as const;
export type Group = (typeof groups)[number];

export function groupOf(kind: CodeKind): Group {
  return kind === "enrollment" ? "enrollments" : kind === "recovery" ? "recoveries" : "others";
}

/** Whose limit it is: an enrollment is the number's, since anybody can ask for one; every other code is the person's. */
export function personOf({ kind, phoneKey, userKey }: CodeFacts): string {
  return `${kind} ${kind === "enrollment" ? phoneKey : (userKey ?? phoneKey)}`;
}
