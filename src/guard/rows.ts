import type { GuardReason } from "../rules/reasons.ts";
import type { CountryLimits } from "./countries.ts";
import { groupOf, type CodeFacts, type Group } from "./guarded-code.ts";

/**
 * How many codes a user, a number, a range or a country gets in a day of UTC. The first row that
 * refuses a code is the reason. People's rows come first, because one account must not fill a
 * country's row. docs/guard.md shows the same table.
 */
// prettier-ignore
const table: readonly Row[] = [
  // reason              codes                    of each                      a day      a use subtracts   suppressed
  ["user-limit",         "others",                "user",                      40,        "nothing",        "FAILED"],
  ["user-limit",         "recoveries",            "user",                      10,        "nothing",        "FAILED"],
  ["user-limit",         "enrollments",           "user",                      8,         "nothing",        "FAILED"],
  ["number-limit",       "enrollments",           "number",                    20,        "nothing",        "FAILED"],
  ["range-unfinished",   "enrollments",           "known range",               40,        "unfinished",     "SUCCESSFUL"],
  ["range-unfinished",   "enrollments",           "all known ranges",          60,        "unfinished",     "SUCCESSFUL"],
  ["country-unfinished", "enrollments",           "country less known ranges", 40,        "unfinished",     "SUCCESSFUL"],
  ["country-unused",     "unmatched enrollments", "country",                   40,        "nothing",        "FAILED"],
  ["unplanned-country",  "enrollments",           "all unplanned countries",   60,        "nothing",        "SUCCESSFUL"],
  ["unplanned-country",  "recoveries, others",    "all unplanned countries",   100,       "nothing",        "FAILED"],
  ["country-unused",     "recoveries",            "country",                   40,        "unused",         "FAILED"],
  ["country-unused",     "others",                "country",                   1_000,     "unused",         "FAILED"],
  ["country-codes",      "others",                "country",                   10_000,    "nothing",        "FAILED"],
  ["country-calls",      "calls",                 "country",                   1_000,     "nothing",        "FAILED"],
  ["country-calls",      "calls of recoveries",   "country",                   1_000,     "nothing",        "FAILED"],
  ["country-budget",     "all codes",             "country",                   undefined, "nothing",        "FAILED"],
];
type Row = readonly [
  reason: GuardReason,
  codes: keyof typeof among,
  by: keyof typeof keyOf,
  /** The default. An operator can set another limit for each country. */
  limit: number | undefined,
  /**
   * What a used code subtracts. `unused`: all of the person's unused codes. `unfinished`: one more
   * than those, because in a roll-out people request codes faster than they type them.
   */
  subtracts: "nothing" | "unused" | "unfinished",
  /** `SUCCESSFUL` if the refusal is strong evidence of toll fraud. */
  suppressed: "FAILED" | "SUCCESSFUL",
];

const needed: Partial<Record<GuardReason, keyof CountryLimits>> = {
  "range-unfinished": "enrollments",
  "country-unfinished": "enrollments",
  "unplanned-country": "any",
  "country-codes": "allOthers",
  "country-calls": "calls",
  "country-budget": "budget",
};

function unusedOf(codes: Row[1]): Group {
  return codes === "recoveries" || codes === "others" ? codes : "enrollments";
}

interface CountedCode extends CodeFacts {
  /** Other countries are configured, and the code's country is not. */
  readonly unplanned: boolean;
  /** Okta's events about used codes are matched to codes. */
  readonly matched: boolean;
}

const keyOf = {
  // Each kind has its own count, because anyone can request recoveries.
  user: ({ kind, userKey, phoneKey }) => `${kind} ${userKey ?? phoneKey}`,
  number: ({ phoneKey }) => phoneKey,
  "known range": ({ knownRange }) => knownRange,
  "all known ranges": ({ knownRange }) => knownRange && "all",
  country: ({ country }) => country,
  "country less known ranges": ({ knownRange, country }) =>
    knownRange === undefined ? country : undefined,
  "all unplanned countries": ({ unplanned }) => (unplanned ? "all" : undefined),
} satisfies Record<string, (code: CountedCode) => string | undefined>;

const isRecovery = (code: CodeFacts) => groupOf(code) === "recoveries";
const isEnrollment = (code: CodeFacts) => groupOf(code) === "enrollments";

const among = {
  enrollments: isEnrollment,
  "unmatched enrollments": (code) => isEnrollment(code) && !code.matched,
  recoveries: isRecovery,
  others: (code) => groupOf(code) === "others",
  "recoveries, others": (code) => !isEnrollment(code),
  calls: (code) => code.channel === "voice" && !isRecovery(code),
  "calls of recoveries": (code) => code.channel === "voice" && isRecovery(code),
  "all codes": () => true,
} satisfies Record<string, (code: CountedCode) => boolean>;

export const rows = table.map(([reason, codes, by, limit, subtracts, suppressed]) => ({
  reason,
  codes,
  isAmong: among[codes],
  by,
  keyOf: keyOf[by],
  isOfCountry: by.startsWith("country"),
  limit,
  subtracts,
  suppressible: suppressed === "SUCCESSFUL",
  /** If the operator does not set this number, the row only records. */
  needs: reason === "country-unused" ? unusedOf(codes) : needed[reason],
}));
