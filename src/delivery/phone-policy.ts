import type { Country, PhoneNumber } from "./phone-number.ts";
import type { PolicyReason } from "./reasons.ts";

/**
 * Which numbers are served. At most one of the two lists of countries has entries; with none, all
 * countries are served.
 */
export interface PhonePolicy {
  readonly mode: "enforce" | "record";
  readonly allowedCountries: readonly Country[];
  readonly blockedCountries: readonly Country[];
  /**
   * Calling codes without a country that are served all the same, without `+`. The list adds, and
   * excludes nothing.
   */
  readonly allowedCallingCodes: readonly string[];
  /** Beginnings of numbers, with `+`, that are not served. */
  readonly blockedRanges: readonly string[];
  /** For numbers in national form. */
  readonly defaultCountry: Country | undefined;
}

/**
 * What the policy says against a number, if anything. Where it may be in several countries, one
 * allowed country is enough to serve it, and only a list that blocks all of them refuses it.
 */
export function judgePhoneNumber(
  phoneNumber: PhoneNumber,
  { allowedCountries, blockedCountries, allowedCallingCodes, blockedRanges }: PhonePolicy,
): PolicyReason | undefined {
  const { callingCode, countries, premium } = phoneNumber;
  if (beginningOf(phoneNumber, blockedRanges) !== undefined) return "range-blocked";
  // Before the check for premium: +979 is premium and +808 shared-cost as a whole, and an operator
  // who lists one wants it.
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

/** A beginning of numbers that counts until then, in milliseconds since 1970. */
export interface DatedRange {
  readonly range: string;
  readonly untilMs: number;
}

/** With which of them the number begins: the longest. Whole numbers are beginnings too. */
export function beginningOf(
  { counted }: PhoneNumber,
  beginnings: readonly string[],
): string | undefined {
  const found = beginnings.filter((beginning) => counted.expose().startsWith(beginning));
  return found.toSorted((one, other) => other.length - one.length)[0];
}

/**
 * Whether the operator has named the number's country, or its calling code, among those that are
 * served.
 */
export function namesNumber(
  { callingCode, countries }: Pick<PhoneNumber, "callingCode" | "countries">,
  {
    allowedCountries,
    allowedCallingCodes,
  }: Pick<PhonePolicy, "allowedCountries" | "allowedCallingCodes">,
): boolean {
  return (
    allowedCallingCodes.includes(callingCode) ||
    countries.some((country) => allowedCountries.includes(country))
  );
}

/**
 * What is set for each country. The keys: an ISO code; `+` and a calling code, for its numbers
 * whose country nobody knows; `*`, for the rest.
 */
export type ByCountry<Value> = ReadonlyMap<string, Value>;

/** Undefined where nothing is set for the number, not even for the rest. */
export function findFor<Value>(
  map: ByCountry<Value>,
  { country, callingCode }: Pick<PhoneNumber, "country" | "callingCode">,
): Value | undefined {
  const own = country ?? `+${callingCode}`;
  return map.get(map.has(own) ? own : "*");
}
