import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from "libphonenumber-js/max";
import { keyedHash, Redacted, type RawPhoneNumber } from "./redacted.ts";

export type Country = CountryCode;

/** A possible number in E.164 (`+` and 7 to 15 digits). */
export class PhoneNumber extends Redacted {
  /** Without `+`. */
  readonly callingCode: string;
  /**
   * Every country that it may be in, since several share a calling code. Empty for satellite and
   * shared calling codes.
   */
  readonly countries: readonly Country[];
  /**
   * Known as premium, shared-cost or personal: whoever owns such a number is paid for what it
   * receives.
   */
  readonly premium: boolean;
  /**
   * An extension was written behind the number. 8x8 cannot dial it, and without it the code would
   * be read to a switchboard.
   */
  readonly hasExtension: boolean;
  /** Undefined where it may be in several countries, or is in none. */
  readonly country: Country | undefined;
  /** The number as it is counted and hashed: one for all that may reach the same phone. */
  readonly counted: Redacted;
  /** The counted number less its last four digits: one of 10,000 numbers. */
  readonly range: string;
  #hashed: { readonly key: string; readonly hash: string } | undefined;

  constructor(
    e164: string,
    {
      callingCode,
      countries,
      premium,
      hasExtension,
    }: Pick<PhoneNumber, "callingCode" | "countries" | "premium" | "hasExtension">,
  ) {
    super(e164);
    const counted = withoutMobilePrefix(e164);
    this.counted = new Redacted(counted);
    this.range = counted.slice(0, -4);
    this.callingCode = callingCode;
    this.countries = countries;
    this.country = countries.length === 1 ? countries[0] : undefined;
    this.premium = premium;
    this.hasExtension = hasExtension;
  }

  /** Two events of one number have one hash. Kept, because a hook needs it twice. */
  hash(key: string): string {
    if (this.#hashed?.key !== key)
      this.#hashed = { key, hash: keyedHash(this.counted.expose(), key) };
    return this.#hashed.hash;
  }
}

/**
 * Argentina's mobile numbers are written with a 9 behind +54 or without it, and networks take both.
 * It is the only prefix of this kind that libphonenumber knows: MOBILE_TOKEN_MAPPINGS in
 * https://github.com/google/libphonenumber/blob/master/javascript/i18n/phonenumbers/phonenumberutil.js
 *
 * @param beginning A number in E.164, or the beginning of one.
 */
export function withoutMobilePrefix(beginning: string): string {
  return beginning.replace(/^\+549/, "+54");
}

// 8x8 refuses shorter and longer ones:
// https://developer.8x8.com/connect/docs/send-sms-api-reference
const e164 = /^\+[1-9]\d{6,14}$/;

/**
 * A number without its extension: digits that the library reads, spaces, and the usual punctuation.
 */
const plainNumber =
  /^\+?[\d\uff10-\uff19\u0660-\u0669\u06f0-\u06f9\s\p{Pd}\u2212\u30fc()\uff08\uff09[\]\uff3b\uff3d./\uff0e\uff0f~\u2053\u223c]+/u;

type ParsedPhoneNumber =
  | { readonly ok: true; readonly phoneNumber: PhoneNumber }
  | {
      readonly ok: false;
      readonly reason: "impossible-number" | "national-number-without-default-country";
    };

const impossible = { ok: false, reason: "impossible-number" } as const;

/**
 * Possible means: the country exists and the length fits. Ranges are not checked, since carriers
 * open them faster than libraries learn of them. A number without `+` is national, and needs
 * `defaultCountry`. The library drops signs that it does not know: a `+` lost in that way would
 * make a number one of the default country, and so another person's.
 */
export function parsePhoneNumber(
  written: RawPhoneNumber,
  defaultCountry: Country | undefined,
): ParsedPhoneNumber {
  // Phones paste signs that nobody sees and that mean nothing in a number. ＋, ﹢ and ⁺ are +.
  const text = written
    .expose()
    .replaceAll(/\p{Cf}/gu, "")
    .trim()
    .replaceAll(/[^\p{ASCII}\d]/gu, (sign) => (sign.normalize("NFKC") === "+" ? "+" : sign));
  const plain = plainNumber.exec(text)?.[0] ?? "";
  const extension = text.slice(plain.length);
  if (plain === "" || !/^(?:[^\d+]*\d+#?)?$/.test(extension)) return impossible;
  if (!plain.startsWith("+") && defaultCountry === undefined)
    return { ok: false, reason: "national-number-without-default-country" };
  const parsed = parsePhoneNumberFromString(text, {
    ...(defaultCountry && { defaultCountry }),
    extract: false,
  });
  if (parsed === undefined || !parsed.isPossible() || !e164.test(parsed.number)) return impossible;
  const hasExtension = parsed.ext !== undefined;
  if (extension !== "" && !hasExtension) return impossible;
  const { number, countryCallingCode: callingCode } = parsed;
  const countries = parsed.country ? [parsed.country] : countriesOf(callingCode);
  const premium = premiumTypes.has(parsed.getType());
  const phoneNumber = new PhoneNumber(number, { callingCode, countries, premium, hasExtension });
  return { ok: true, phoneNumber };
}

const premiumTypes = new Set<string | undefined>([
  "PREMIUM_RATE",
  "SHARED_COST",
  "PERSONAL_NUMBER",
]);

/** @param callingCode Without `+`. */
export function countriesOf(callingCode: string): Country[] {
  return getCountries().filter((country) => getCountryCallingCode(country) === callingCode);
}

// Assigned by ISO 3166-1, but with no telephone numbers of their own.
const withoutNumbers = new Set(["AQ", "BV", "GS", "HM", "PN", "TF", "UM"]);

/** Whether ISO 3166-1 has assigned the code (or, as with XK, the telephone world uses it). */
export function isCountry(code: string): code is Country {
  return isSupportedCountry(code) || withoutNumbers.has(code);
}

/**
 * Whether a calling code (without `+`) belongs to no country: satellite phones and shared
 * international services. https://www.itu.int/pub/T-SP-E.164D
 */
export function isCountryless(callingCode: string): boolean {
  return /^(?:800|808|870|878|88[1-38]|979)$/.test(callingCode);
}

/** @param callingCode Without `+`. */
export function isCallingCode(callingCode: string): boolean {
  return isCountryless(callingCode) || countriesOf(callingCode).length > 0;
}

/** Whether numbers in national form can be read as this country's. */
export function hasNumbers(code: string): code is Country {
  return isSupportedCountry(code);
}
