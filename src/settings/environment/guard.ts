import * as z from "zod";
import { countriesOf, isCountryless } from "../../rules/phone-number.ts";
import { endOfDay, type DatedRange } from "../../rules/phone-policy.ts";
import { byCountry, choice, list, parseBeginning } from "./validators.ts";

/** Codes in a UTC day. The maximum is far above what a company sends. */
const count = z.number().int().min(1).max(1_000_000).optional();

const countryLimits = byCountry(
  z.strictObject({
    enrollments: count,
    recoveries: count,
    signIns: count,
    calls: count,
    /** Ignored, with a warning. Earlier versions had this limit. */
    unusedSignIns: z.unknown().optional(),
  }),
  'is not a JSON object such as {"GB":{"enrollments":60,"recoveries":300,"signIns":1000,"calls":300},"AT,CH":{"calls":300},"*":{"calls":60}} (country, +calling code or *; 1 to 1000000 each)',
  (key) => key.split(","),
);

const wholeCountry = "has an entry that is only a calling code, which would cover whole countries";
function isCallingCodeAlone(range: string): boolean {
  const digits = range.slice(1);
  return isCountryless(digits) || countriesOf(digits).length > 0;
}

/** `+4477009 until 2027-01-31,+65812`. A range is valid until the end of its day (UTC). */
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
      'JSON: [limits](guard.md#a-countrys-limits) by [country](set-up-8x8.md#senders-by-country). Countries in one key share its limits. `*` is for all other countries together: `{"GB":{"enrollments":60,"calls":300},"AT,CH":{"calls":300},"*":{"calls":60}}`.',
  }),
  GUARD_EXEMPT_RANGES: datedRanges.optional().meta({
    description:
      "Numbers, or beginnings of numbers, that the guard never refuses, comma-separated. A last day is optional: `+447700900123,+65812 until 2027-01-31`.",
  }),
};
