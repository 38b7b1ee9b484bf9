import type { GuardReason } from "../delivery/outcome.ts";
import type { Window } from "./counts.ts";
import {
  groupOf,
  groups,
  type CodeFacts,
  type CountryNumbers,
  type Group,
} from "./guarded-code.ts";

/** So many codes under one key in an hour or a day. docs/guard.md shows the same table. */
export interface Row {
  readonly reason: GuardReason;
  readonly codes: Group | "sign-ins" | "unknown types" | "calls" | "all codes";
  readonly by: keyof typeof keyOf;
  readonly window: Window;
  /** A place's is a number to start from. Undefined: there is none. */
  readonly limit: number | undefined;
  /** Of a place: the operator's number, without which the row only records. */
  readonly given?: (numbers: GivenNumbers) => number | undefined;
  /**
   * What a use gives back: the person's unused codes or, of unfinished enrollments, one more. So
   * completed ones offset as many, since in a roll-out people ask faster than they type.
   */
  readonly givesBack: "nothing" | "unused" | "unfinished";
  /** Judged only where Okta's events can be joined with codes, or only where they cannot. */
  readonly joined?: boolean | undefined;
  /** Strong evidence of toll fraud. */
  readonly suppressible?: true;
}

/** What the operator has given for the country of a code. */
export interface GivenNumbers extends CountryNumbers {
  readonly budget: number | undefined;
  /** Whether any country has numbers. */
  readonly any: boolean;
  /** Other countries are allowed or have numbers of their own, this one is not and has none. */
  readonly unplanned: boolean;
}

export const startingNumbers = {
  enrollments: { hour: 20, day: 40, all: 4_000 },
  recoveries: { hour: 40, day: 200, all: 2_000 },
  others: { hour: 120, day: 1_000, all: 10_000 },
  calls: 100,
} as const satisfies CountryNumbers;

export const keyOf = {
  user: ({ userKey, phoneKey }: CodeFacts) => userKey ?? phoneKey,
  number: ({ phoneKey }: CodeFacts) => phoneKey,
  "known range": ({ knownRange }: CodeFacts) => knownRange,
  country: ({ country }: CodeFacts) => country,
  "country less known ranges": ({ country, knownRange }: CodeFacts) =>
    knownRange === undefined ? country : undefined,
  "unplanned country": ({ country }: CodeFacts, { unplanned }: GivenNumbers) =>
    unplanned ? country : undefined,
  "all unplanned countries": (_: CodeFacts, { unplanned }: GivenNumbers) =>
    unplanned ? "all" : undefined,
};

export function isAmong(code: CodeFacts, codes: Row["codes"]): boolean {
  if (codes === "sign-ins") return code.kind === "sign-in";
  if (codes === "unknown types") return code.kind === "unknown";
  return codes === "calls"
    ? code.channel === "voice"
    : codes === "all codes" || codes === groupOf(code);
}

const ofEnrollments = { codes: "enrollments", suppressible: true } as const;
const aDay = { by: "country", window: "day", givesBack: "nothing" } as const;
const unplanned = { ...aDay, ...ofEnrollments, reason: "unplanned-country" } as const;

function unfinished(window: Window): Row {
  const judged = { ...ofEnrollments, givesBack: "unfinished", joined: true } as const;
  const given: Row["given"] = (numbers) => numbers.enrollments?.[window];
  const limit = startingNumbers.enrollments[window];
  return {
    ...judged,
    reason: "country-unfinished",
    by: "country less known ranges",
    window,
    limit,
    given,
  };
}

function ofGroup(group: Group): Row[] {
  const { hour, day, all } = startingNumbers[group];
  const unused = {
    reason: "country-unused",
    codes: group,
    by: "country",
    givesBack: "unused",
  } as const;
  // Where enrollments can be known to be finished, their own rows judge them.
  const joined = group === "enrollments" ? false : undefined;
  return [
    { ...unused, window: "hour", limit: hour, given: (numbers) => numbers[group]?.hour, joined },
    { ...unused, window: "day", limit: day, given: (numbers) => numbers[group]?.day, joined },
    {
      ...aDay,
      reason: "country-codes",
      codes: group,
      limit: all,
      given: (numbers) => numbers[group]?.all,
    },
  ];
}

/**
 * The first one that a code exceeds is the reason. A person's come first, so that no account fills
 * a place's.
 */
export const rows: readonly Row[] = [
  {
    reason: "user-limit",
    codes: "sign-ins",
    by: "user",
    window: "hour",
    limit: 10,
    givesBack: "unused",
  },
  {
    reason: "user-limit",
    codes: "sign-ins",
    by: "user",
    window: "day",
    limit: 40,
    givesBack: "nothing",
  },
  // Apart from sign-ins, since strangers may ask for them.
  {
    reason: "user-limit",
    codes: "unknown types",
    by: "user",
    window: "hour",
    limit: 10,
    givesBack: "unused",
  },
  {
    reason: "user-limit",
    codes: "unknown types",
    by: "user",
    window: "day",
    limit: 40,
    givesBack: "nothing",
  },
  {
    reason: "user-limit",
    codes: "recoveries",
    by: "user",
    window: "day",
    limit: 10,
    givesBack: "nothing",
  },
  {
    reason: "user-limit",
    codes: "enrollments",
    by: "user",
    window: "day",
    limit: 8,
    givesBack: "nothing",
  },
  {
    reason: "number-limit",
    codes: "enrollments",
    by: "number",
    window: "day",
    limit: 20,
    givesBack: "nothing",
  },
  {
    ...unfinished("hour"),
    reason: "range-unfinished",
    by: "known range",
    limit: 10,
    given: (numbers) => numbers.enrollments && 10,
  },
  unfinished("hour"),
  unfinished("day"),
  { ...unplanned, by: "unplanned country", limit: 20, given: ({ any }) => (any ? 20 : undefined) },
  {
    ...unplanned,
    by: "all unplanned countries",
    limit: 60,
    given: ({ any }) => (any ? 60 : undefined),
  },
  ...groups.flatMap(ofGroup),
  {
    ...aDay,
    reason: "country-calls",
    codes: "calls",
    limit: startingNumbers.calls,
    given: (numbers) => numbers.calls,
  },
  {
    ...aDay,
    reason: "country-budget",
    codes: "all codes",
    limit: undefined,
    given: ({ budget }) => budget,
  },
];
