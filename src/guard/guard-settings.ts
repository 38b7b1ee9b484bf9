import type { Limits } from "./limits.ts";

export interface GuardSettings {
  /** Codes to one number. */
  readonly numberCodes: Limits;
  /** Codes of one Okta user. */
  readonly userCodes: Limits;
  /** Different numbers that one Okta user enrols. */
  readonly userNumbers: Limits;
  /** Enrolments that nobody finished, at least: a range and a country that verify many codes are allowed more. */
  readonly rangeUnverified: Limits;
  readonly countryUnverified: Limits;
  /** Codes a day by country, or calling code with `+`; `*` is each of the others. Empty: as many as may be. */
  readonly countryBudget: ReadonlyMap<string, number>;
  /** Beginnings of numbers that are never refused, with `+`. A part of a range, or a whole number, stands for its range. */
  readonly exemptRanges: readonly string[];
}
