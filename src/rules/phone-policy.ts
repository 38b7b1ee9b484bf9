import type { Country, PhoneNumber } from "./phone-number.ts";
import type { PolicyReason } from "./reasons.ts";

/** If both lists of countries are empty, all countries are served. Only one can have entries. */
export interface PhonePolicy {
  readonly mode: "enforce" | "record";
  readonly allowedCountries: readonly Country[];
  readonly blockedCountries: readonly Country[];
  /** Served calling codes, without `+`. Applies only to numbers without a country. */
  readonly allowedCallingCodes: readonly string[];
  readonly blockedRanges: readonly string[];
  readonly defaultCountry: Country | undefined;
}

/** If a number may belong to several countries, one served country is enough. */
export function judgePhoneNumber(
  phoneNumber: PhoneNumber,
  { allowedCountries, blockedCountries, allowedCallingCodes, blockedRanges }: PhonePolicy,
): PolicyReason | undefined {
  const { callingCode, countries, premium } = phoneNumber;
  if (blockedRanges.some((range) => phoneNumber.isIn(range))) return "range-blocked";
  // This check comes before the check for premium numbers. Otherwise, an operator could not allow
  // +979, which is all premium, or +808, which is all shared cost.
  if (countries.length === 0)
    return allowedCallingCodes.includes(callingCode) ? undefined : "unserved-calling-code";
  if (premium) return "premium-number";
  if (
    allowedCountries.length > 0 &&
    !countries.some((country) => allowedCountries.includes(country))
  )
    return "country-not-allowed";
  if (countries.every((country) => blockedCountries.includes(country))) return "country-blocked";
  return undefined;
}

/** `range` holds the first digits of phone numbers. `untilMs` is in milliseconds since 1970. */
export interface DatedRange {
  readonly range: string;
  readonly untilMs: number;
}

const dayMs = 86_400_000;

/** Returns the end of the UTC day. `at` and the result are in milliseconds since 1970. */
export function endOfDay(at: number): number {
  return (Math.floor(at / dayMs) + 1) * dayMs;
}

/**
 * A key is an ISO country code, `+` with a calling code for numbers without a known country, or `*`
 * for all others.
 */
export type ByCountry<Value> = ReadonlyMap<string, Value>;

export function findFor<Value>(map: ByCountry<Value>, phoneNumber: Placed): Value | undefined {
  const key = countryKey(phoneNumber);
  return map.get(map.has(key) ? key : "*");
}

interface Placed {
  readonly country: string | undefined;
  readonly callingCode: string;
}

export function countryKey({ country, callingCode }: Placed): string {
  return country ?? `+${callingCode}`;
}
