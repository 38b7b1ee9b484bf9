import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from "libphonenumber-js/max";
import { keyedHash, Redacted, type RawPhoneNumber } from "../privacy/redacted.ts";

export type Country = CountryCode;

/** A possible number in E.164 (`+` and 7 to 15 digits). */
export class PhoneNumber extends Redacted {
  readonly callingCode: string;
  /** Several countries can share a calling code. Empty for a satellite network's number. */
  readonly countries: readonly Country[];
  /** The owner of a premium, shared-cost or personal number earns from its messages and calls. */
  readonly premium: boolean;
  /** 8x8 cannot dial an extension, so a switchboard would get the code. */
  readonly hasExtension: boolean;
  readonly country: Country | undefined;
  readonly range: string;
  /** For counts and hashes. All spellings that reach one phone have the same value. */
  readonly #counted: string;
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
    this.#counted = withoutMobilePrefix(e164);
    this.range = this.#counted.slice(0, -4);
    this.callingCode = callingCode;
    this.countries = countries;
    this.country = countries.length === 1 ? countries[0] : undefined;
    this.premium = premium;
    this.hasExtension = hasExtension;
  }

  hash(key: string): string {
    if (this.#hashed?.key !== key) this.#hashed = { key, hash: keyedHash(this.#counted, key) };
    return this.#hashed.hash;
  }

  /** @param range The first digits of numbers, or a complete number. */
  isIn(range: string): boolean {
    return this.#counted.startsWith(range);
  }
}

/**
 * Argentina's mobile numbers can be written with or without a 9 after +54. For other countries,
 * libphonenumber has no such prefix: see MOBILE_TOKEN_MAPPINGS in
 * https://github.com/google/libphonenumber/blob/master/javascript/i18n/phonenumbers/phonenumberutil.js
 */
export function withoutMobilePrefix(beginning: string): string {
  return beginning.replace(/^\+549/, "+54");
}

// 8x8 refuses shorter and longer numbers:
// https://developer.8x8.com/connect/docs/send-sms-api-reference
const e164 = /^\+[1-9]\d{6,14}$/;

/** The part before an extension, with the punctuation and the digits that the library reads. */
const plainNumber =
  /^\+?[\d\uff10-\uff19\u0660-\u0669\u06f0-\u06f9\s\p{Pd}\u2212\u30fc()\uff08\uff09[\]\uff3b\uff3d./\uff0e\uff0f~\u2053\u223c]+/u;

const impossible = { ok: false, reason: "impossible-number" } as const;

/**
 * Number ranges are not checked, because carriers open ranges faster than libraries are updated.
 * Unknown characters are refused, because the library would drop them. For example, a number
 * without its plus sign could be another person's number in the default country.
 */
export function parsePhoneNumber(written: RawPhoneNumber, defaultCountry: Country | undefined) {
  // Pasted numbers can contain invisible characters. ＋, ﹢ and ⁺ count as +.
  const text = written
    .expose()
    .replaceAll(/\p{Cf}/gu, "")
    .trim()
    .replaceAll(/[^\p{ASCII}\d]/gu, (other) => (other.normalize("NFKC") === "+" ? "+" : other));
  const plain = plainNumber.exec(text)?.[0] ?? "";
  const extension = text.slice(plain.length);
  if (plain === "" || !/^(?:[^\d+]*\d+#?)?$/.test(extension)) return impossible;
  if (!plain.startsWith("+") && defaultCountry === undefined)
    return { ok: false, reason: "national-number-without-default-country" } as const;
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
  return { ok: true, phoneNumber } as const;
}

const premiumTypes = new Set<string | undefined>([
  "PREMIUM_RATE",
  "SHARED_COST",
  "PERSONAL_NUMBER",
]);

export function countriesOf(callingCode: string): Country[] {
  return getCountries().filter((country) => getCountryCallingCode(country) === callingCode);
}

// ISO 3166-1 has assigned these codes, but the library has no telephone numbers for them.
const withoutNumbers = new Set(["AQ", "BV", "GS", "HM", "PN", "TF", "UM"]);

/** Accepts the codes of ISO 3166-1, and XK (Kosovo), which has telephone numbers. */
export function isCountry(code: string): code is Country {
  return isSupportedCountry(code) || withoutNumbers.has(code);
}

/** https://www.itu.int/pub/T-SP-E.164D */
export function isCountryless(callingCode: string): boolean {
  return /^(?:800|808|870|878|88[1-38]|979)$/.test(callingCode);
}

export function hasNumbers(code: string): code is Country {
  return isSupportedCountry(code);
}
