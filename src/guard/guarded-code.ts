import type { ByCountry } from "../delivery/phone-policy.ts";
import type { Channel } from "../delivery/channels.ts";
import type { CodeKind } from "../delivery/otp-delivery.ts";

/** What the guard knows of a code. It never sees the number. */
export interface CodeFacts {
  readonly kind: CodeKind;
  readonly channel: Channel;
  /** Keyed hash of the number. */
  readonly phoneKey: string;
  /** Undefined where Okta names no user: then the number stands for the person. */
  readonly userKey: string | undefined;
  /** Country or, where it is not known, calling code with `+`. */
  readonly country: string;
  /** That of GUARD_KNOWN_RANGES with which the number begins. */
  readonly knownRange: string | undefined;
}

/** A code that the phone policy lets through. */
export interface GuardedCode extends CodeFacts {
  /** The number begins with one of GUARD_EXEMPT_RANGES. */
  readonly exempt: boolean;
  /** The operator has named its country, or its calling code, among the allowed ones. */
  readonly allowed: boolean;
}

/** A code that somebody used, of a number that is not exempt. */
export interface UsedCode extends CodeFacts {
  readonly userKey: string;
  /** False where the guard refused it, or 8x8 did not take it, and Okta's own provider sent it. */
  readonly counted: boolean;
  /** When Okta published the event, in milliseconds since 1970. */
  readonly publishedAt: number;
}

/**
 * Recoveries are apart, since strangers can ask for them. Others are sign-ins, and unknown kinds,
 * since Okta may rename one.
 */
export const groups = ["enrollments", "recoveries", "others"] as const;
export type Group = (typeof groups)[number];

export function groupOf({ kind }: Pick<CodeFacts, "kind">): Group {
  if (kind === "enrollment") return "enrollments";
  return kind === "recovery" ? "recoveries" : "others";
}

export interface GroupNumbers {
  /** Unused codes in a day; of enrollments, unfinished ones. */
  readonly day: number;
  /** All codes in a day, of sign-ins and unknown types. */
  readonly all?: number | undefined;
}

/** What the operator allows a country. Limits of a group without numbers are only recorded. */
export type CountryNumbers = { readonly [group in Group]?: GroupNumbers | undefined } & {
  /** Calls in a day, used or not. Those of recoveries have the same limit, apart. */
  readonly calls?: number | undefined;
};

export interface GuardSettings {
  /** GUARD_COUNTRY_LIMITS. What a country's own numbers lack is taken from `*`. */
  readonly countryLimits: ByCountry<CountryNumbers>;
  /** GUARD_COUNTRY_BUDGET: all codes of a country in a day. */
  readonly countryBudget: ByCountry<number>;
  /** Whether a list of allowed countries is set. */
  readonly hasAllowList: boolean;
}
