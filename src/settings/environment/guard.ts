import * as z from "zod";
import { countriesOf, isCountryless } from "../../rules/phone-number.ts";
import type { DatedRange } from "../../rules/phone-policy.ts";
import { endOfDay } from "../../guard/counts.ts";
import { beginnings, byCountry, choice, list, parseBeginning } from "./validators.ts";

/** The upper limit is far above what a company sends. */
const count = z.number().int().min(1).max(1_000_000);

/** Unused codes in a day. */
const unused = count.transform((day) => ({ day })).optional();

/** `200/4000`: unused codes in a day, and all codes in a day. */
const unusedAndAll = z
  .string()
  .regex(/^\d{1,7}\/\d{1,7}$/)
  .transform((text) => text.split("/").map(Number))
  .pipe(z.tuple([count, count]))
  .transform(([day, all]) => ({ day, all }))
  .optional();

const countryLimits = byCountry(
  z.strictObject({
    enrollments: unused,
    recoveries: unused,
    others: unusedAndAll,
    calls: count.optional(),
  }),
  'is not a JSON object such as {"US":{"enrollments":40,"recoveries":40,"others":"1000/10000","calls":100}} (country, +calling code or *; unused a day, of others also /all a day; 1 to 1000000 each)',
);

/** Codes a day. */
const budgets = byCountry(
  count,
  'is not a JSON object such as {"US":5000,"*":200} (country, +calling code or *: 1 to 1000000)',
);

const wholeCountry = "has an entry that is only a calling code, which would cover whole countries";
function isCallingCodeAlone(range: string): boolean {
  const digits = range.slice(1);
  return isCountryless(digits) || countriesOf(digits).length > 0;
}

const knownRanges = beginnings.refine((ranges) => !ranges.some(isCallingCodeAlone), wholeCountry);

/** `+4477009 until 2027-01-31,+65812` → beginnings of numbers, each until its day (UTC) is over. */
const datedRanges = list(
  parseDatedRange,
  "is not a list of beginnings of numbers (such as +4477009 until 2027-01-31,+65812; comma-separated)",
).refine((ranges) => !ranges.some(({ range }) => isCallingCodeAlone(range)), wholeCountry);

function parseDatedRange(text: string): DatedRange | undefined {
  const [, beginning = "", date] = /^(\S+)(?:\s+until\s+(\S+))?$/i.exec(text) ?? [];
  const range = parseBeginning(beginning);
  const isDay = date === undefined || z.iso.date().safeParse(date).success;
  if (range === undefined || !isDay) return undefined;
  return { range, untilMs: date === undefined ? Infinity : endOfDay(Date.parse(date)) };
}

export const guard = {
  GUARD_MODE: choice("record", "enforce", "off").meta({
    description:
      "`record`: a code that the guard would refuse is sent, and reported as `guardReason`. `off`: nothing is counted.",
  }),
  GUARD_COUNTRY_LIMITS: countryLimits.optional().meta({
    description:
      'JSON: [limits](guard.md#a-countrys-numbers) by [country](set-up-8x8.md#senders-by-country), as `npm run guard:suggest` prints them: `{"US":{"enrollments":40,"calls":100},"*":{"calls":100}}`.',
  }),
  GUARD_COUNTRY_BUDGET: budgets.optional().meta({
    description:
      'JSON: the most codes in a day by [country](set-up-8x8.md#senders-by-country). `*` applies to each other country: `{"US":5000,"*":200}`.',
  }),
  GUARD_KNOWN_RANGES: knownRanges.optional().meta({
    description:
      "Beginnings of your people's numbers, comma-separated: `+4477009,+65812`. Their unfinished enrollments have their own limits.",
  }),
  GUARD_EXEMPT_RANGES: datedRanges.optional().meta({
    description:
      "Numbers, or their beginnings, that the guard never refuses, comma-separated. A last day is optional: `+447700900123,+65812 until 2027-01-31`.",
  }),
};
