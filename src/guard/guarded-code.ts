import type { ByCountry } from "../rules/phone-policy.ts";
import type { Channel } from "../rules/channels.ts";
import type { CodeKind } from "../rules/code-request.ts";

/** What the guard knows about a code. It does not see the number. */
export interface CodeFacts {
  readonly kind: CodeKind;
  readonly channel: Channel;
  /** Keyed hash of the number. */
  readonly phoneKey: string;
  /** Undefined if Okta names no user. Then the number identifies the person. */
  readonly userKey: string | undefined;
  /** Country, or the calling code with `+` if the country is not known. */
  readonly country: string;
  /** The entry of GUARD_KNOWN_RANGES with which the number begins. */
  readonly knownRange: string | undefined;
}

/** A code that the phone policy allows. */
export interface GuardedCode extends CodeFacts {
  /** The number begins with one of GUARD_EXEMPT_RANGES. */
  readonly exempt: boolean;
  /** The operator allows the number's country or calling code. */
  readonly allowed: boolean;
}

/** A used code of a number that is not exempt. */
export interface UsedCode extends CodeFacts {
  readonly userKey: string;
  /** False if this app did not send the code, but Okta's own provider did. */
  readonly counted: boolean;
  /** When Okta published the event, in milliseconds since 1970. */
  readonly publishedAt: number;
}

/**
 * Recoveries are a separate group, because unauthenticated callers can request them. `others` holds
 * sign-ins. It also holds unknown kinds, because Okta may rename a kind.
 */
export type Group = "enrollments" | "recoveries" | "others";

export function groupOf({ kind }: Pick<CodeFacts, "kind">): Group {
  if (kind === "enrollment") return "enrollments";
  return kind === "recovery" ? "recoveries" : "others";
}

interface GroupNumbers {
  /** Unused codes in a day. For enrollments, unfinished ones. */
  readonly day: number;
  /** All codes in a day. Only for `others`. */
  readonly all?: number | undefined;
}

/** The operator's numbers for a country. Limits without a number only record. */
export type CountryNumbers = { readonly [group in Group]?: GroupNumbers | undefined } & {
  /** Calls in a day, used or not. Calls for recoveries have their own count with the same limit. */
  readonly calls?: number | undefined;
};

export interface GuardSettings {
  /** GUARD_COUNTRY_LIMITS. If a country lacks a number, the number of `*` applies. */
  readonly countryLimits: ByCountry<CountryNumbers>;
  /** GUARD_COUNTRY_BUDGET: all codes to a country in a day. */
  readonly countryBudget: ByCountry<number>;
  readonly hasAllowList: boolean;
}
