import type { Channel } from "../rules/channels.ts";
import type { CodeKind } from "../rules/code-request.ts";
import type { GuardReason } from "../rules/reasons.ts";

export interface CountedCode {
  readonly kind: CodeKind;
  readonly channel: Channel;
  /** Keyed hash of the number. */
  readonly phoneKey: string;
  /** Undefined if Okta names no user. Then the number identifies the person. */
  readonly userKey: string | undefined;
  /** The key of GUARD_COUNTRY_LIMITS that applies. Undefined if none does. */
  readonly country: string | undefined;
}

type Number = "enrollments" | "recoveries" | "signIns" | "unusedSignIns" | "calls";
/** For one UTC day. An absent limit never refuses a code. */
export type CountryNumbers = { readonly [name in Number]?: number | undefined };

const isEnrollment = ({ kind }: CountedCode) => kind === "enrollment";
// Okta may rename a kind. Most codes are for sign-ins, so an unknown kind counts as a sign-in.
const isSignIn = ({ kind }: CountedCode) => kind === "sign-in" || kind === "unknown";

const isAmong = {
  enrollments: isEnrollment,
  // Only the first code of the day for a number counts.
  "new numbers": isEnrollment,
  // A number counts until Okta reports it as enrolled. Okta's events name the user, so codes
  // without a user do not count.
  "unfinished numbers": (code) => isEnrollment(code) && code.userKey !== undefined,
  recoveries: ({ kind }) => kind === "recovery",
  "sign-ins": isSignIn,
  // A code counts until Okta reports it as used.
  "unused sign-ins": (code) => isSignIn(code) && code.userKey !== undefined,
  calls: ({ channel }) => channel === "voice",
} satisfies Record<string, (code: CountedCode) => boolean>;

const keyOf = {
  user: ({ userKey, phoneKey }) => userKey ?? phoneKey,
  number: ({ phoneKey }) => phoneKey,
  country: ({ country }) => country,
  // Recovery calls, which anyone can request, must not use up the limit of calls for sign-ins.
  "country and kind": ({ country, kind }) => country && `${country} ${kind}`,
} satisfies Record<string, (code: CountedCode) => string | undefined>;

type Row = readonly [
  reason: GuardReason,
  counted: keyof typeof isAmong,
  by: keyof typeof keyOf,
  limit: number | Number,
];

/**
 * The limits of people come first, because one account must not use up the limit of a country.
 * After a change of this table, run npm run generate.
 */
const table: readonly Row[] = [
  ["user-limit", "enrollments", "user", 6],
  ["user-limit", "new numbers", "user", 2],
  ["user-limit", "recoveries", "user", 8],
  ["user-limit", "sign-ins", "user", 40],
  ["user-limit", "calls", "user", 15],
  ["number-limit", "enrollments", "number", 20],
  ["country-unfinished", "unfinished numbers", "country", "enrollments"],
  ["country-recoveries", "recoveries", "country", "recoveries"],
  ["country-unused", "unused sign-ins", "country", "unusedSignIns"],
  ["country-sign-ins", "sign-ins", "country", "signIns"],
  ["country-calls", "calls", "country and kind", "calls"],
];

export const limits = table.map(([reason, counted, by, limit]) => ({
  reason,
  counted,
  by,
  limit,
  /** The key under which a code counts. Undefined if the code does not count in this limit. */
  keyOf: (code: CountedCode) => (isAmong[counted](code) ? keyOf[by](code) : undefined),
}));
