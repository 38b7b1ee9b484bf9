import * as z from "zod";
import type { Limits } from "../../guard/guard-settings.ts";
import { byCountry } from "./by-country.ts";
import { choice, ranges, split, invalid } from "./forms.ts";

/** Far more codes than a company sends. */
const countLimit = 1_000_000;

function isCount(count: number): boolean {
  return Number.isInteger(count) && count >= 1 && count <= countLimit;
}

/** `8/hour,20/day` → how many in each window; one of the two is enough. */
const limits = z.string().transform((text, context): Limits => {
  const read = split(text.toLowerCase()).map((entry) => /^(\d{1,7})\s*\/\s*(hour|day)$/.exec(entry));
  const found = new Map(read.map((match) => [match?.[2], Number(match?.[1])]));
  if (found.size === 0 || found.size < read.length || ![...found.values()].every(isCount))
    return invalid(context, "is not a limit such as 8/hour or 8/hour,20/day (1 to 1000000 each)");
  return { hour: found.get("hour"), day: found.get("day") };
});

/** Codes a day. */
const budgets = byCountry(
  z.number().refine(isCount),
  'is not a JSON object such as {"US":5000,"*":200} (country, +calling code or *: 1 to 1000000)',
);

export const guard = {
  GUARD_MODE: choice("record", "enforce", "off").meta({
    description:
      "`record`: what the guard would refuse is sent, and reported as `guardReason`; `off`: nothing is counted.",
  }),
  GUARD_NUMBER_ENROLLMENTS: limits.prefault("8/hour,20/day").meta({
    description:
      "Limit of [enrollment codes to one number](guard.md#the-rules): `COUNT/hour`, `COUNT/day`, or both; 1 to 1000000 each.",
  }),
  GUARD_USER_CODES: limits.prefault("10/hour,40/day").meta({
    description: "Limit of codes to one Okta user; sign-in and recovery codes are counted apart.",
  }),
  GUARD_RANGE_UNFINISHED: limits.prefault("10/hour").meta({
    description:
      "Limit of unfinished enrollments in a range (a number without its last four digits). Needs [outcomes](set-up-okta.md#events).",
  }),
  GUARD_COUNTRY_UNFINISHED: limits.prefault("20/hour,40/day").meta({
    description: "Limit of unfinished enrollments in a country.",
  }),
  GUARD_COUNTRY_BUDGET: budgets.optional().meta({
    description:
      'JSON: [country](set-up-8x8.md#senders-by-country) → codes in 24 hours; `*` is each other country: `{"US":5000,"*":200}`.',
  }),
  GUARD_EXEMPT_RANGES: ranges.optional().meta({
    description:
      "Beginnings of numbers, with commas, that the guard never refuses: `+4477009,+65812`. A longer one stands for its range.",
  }),
};
