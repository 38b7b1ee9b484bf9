import type { RefusedReason } from "./outcome.ts";
import type { Country, PhoneNumber } from "./phone-number.ts";

/** Which countries are served. One of the two lists at most has entries; neither serves all. */
export interface PhonePolicy {
  readonly mode: "enforce" | "record";
  readonly allowedCountries: readonly Country[];
  readonly blockedCountries: readonly Country[];
  /** For numbers in national form. */
  readonly defaultCountry: Country | undefined;
}

/**
 * What the country lists say of a number. Where it may be in several countries, one allowed country is enough to serve
 * it, and only a list that blocks all of them refuses it.
 */
export function judgeCountry(
  { countries }: PhoneNumber,
  { allowedCountries, blockedCountries }: PhonePolicy,
): Extract<RefusedReason, `country${string}`> | undefined {
  if (allowedCountries.length > 0 && !countries.some((country) => allowedCountries.includes(country)))
    return "country-not-allowed";
  if (countries.length > 0 && countries.every((country) => blockedCountries.includes(country)))
    return "country-blocked";
  return undefined;
}
