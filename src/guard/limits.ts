import type { Channel } from "../rules/channels.ts";
import type { CodeKind } from "../rules/code-request.ts";
import type { GuardReason } from "../rules/reasons.ts";

export interface CountedCode {
  readonly kind: CodeKind;
  readonly channel: Channel;
  /** Keyed hash of the number. */
  readonly phoneKey: string;
  /** Okta's user id. If Okta names no user, the key of the number. */
  readonly person: string;
  /** The key of GUARD_COUNTRY_LIMITS that applies. Undefined if none does. */
  readonly country: string | undefined;
}

type Limit = "enrollments" | "recoveries" | "signIns" | "calls";
/** For one UTC day. An absent limit never refuses a code. */
export type CountryLimits = { readonly [name in Limit]?: number | undefined };

const isEnrollment = ({ kind }: CountedCode) => kind === "enrollment";

const isAmong = {
  enrollments: isEnrollment,
  "new numbers": isEnrollment,
  // A number counts until Okta reports it as enrolled.
  "unfinished numbers": isEnrollment,
  recoveries: ({ kind }) => kind === "recovery",
  // Okta may rename a kind. Most codes are for sign-ins, so an unknown kind counts as a sign-in.
  "sign-ins": ({ kind }) => kind === "sign-in" || kind === "unknown",
  calls: ({ channel }) => channel === "voice",
  // The limit of unfinished numbers also limits calls for enrollments.
  "other calls": ({ channel, kind }) => channel === "voice" && kind !== "enrollment",
} satisfies Record<string, (code: CountedCode) => boolean>;

const keyOf = {
  user: ({ person }) => person,
  number: ({ phoneKey }) => phoneKey,
  country: ({ country }) => country,
  // Recovery calls, which anyone can request, must not use up the limit of calls for sign-ins.
  "country and kind": ({ country, kind }) => country && `${country} ${kind}`,
} satisfies Record<string, (code: CountedCode) => string | undefined>;

interface Columns {
  /** A person who asks for more meets a lower limit. */
  readonly few?: number;
  /** Number of further codes for the same person and phone number that do not count. */
  readonly repeats?: number;
  /** A finished enrollment subtracts this number, and what its own codes added. */
  readonly finished?: number;
}

function row(
  reason: GuardReason,
  counted: keyof typeof isAmong,
  by: keyof typeof keyOf,
  limit: number | Limit,
  columns: Columns = {},
) {
  /** The key under which a code counts. Undefined if the code does not count in this limit. */
  const key = (code: CountedCode) => (isAmong[counted](code) ? keyOf[by](code) : undefined);
  return { reason, counted, by, limit, keyOf: key, ...columns };
}

// Newcomers request codes faster than they enter them.
const unfinished = { few: 1, repeats: 1, finished: 1 };

/**
 * The limits of people come first, because one account must not use up the limit of a country.
 * After a change of this table, run npm run generate.
 */
export const limits = [
  row("user-limit", "enrollments", "user", 6),
  row("user-limit", "new numbers", "user", 2, { repeats: Infinity }),
  row("user-limit", "recoveries", "user", 8),
  row("user-limit", "sign-ins", "user", 40),
  row("user-limit", "calls", "user", 15),
  row("number-limit", "enrollments", "number", 20),
  row("country-unfinished", "unfinished numbers", "country", "enrollments", unfinished),
  row("country-recoveries", "recoveries", "country", "recoveries", { few: 2 }),
  row("country-sign-ins", "sign-ins", "country", "signIns", { few: 5 }),
  row("country-calls", "other calls", "country and kind", "calls", { few: 5 }),
];
