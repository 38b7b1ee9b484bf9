import { languageOf, languages, normalizeLocale } from "./delivery/language.ts";
import { hasNumbers, isCountry, type Country } from "./delivery/phone-number.ts";
import type { VoiceProfiles } from "./delivery/spoken-text.ts";
import { WrongSetting } from "./settings-reader.ts";

/** `DE, AT` → the countries. Empty: none. */
export function parseCountries(text: string): Country[] {
  const codes = text
    .toUpperCase()
    .split(",")
    .map((code) => code.trim());
  return codes
    .filter((code) => code !== "")
    .map((code) => {
      if (isCountry(code)) return code;
      throw new WrongSetting("names a country that ISO 3166-1 does not know (two letters each, comma-separated)");
    });
}

export function parseDefaultCountry(text: string): Country | undefined {
  const [country, another] = parseCountries(text);
  if (another !== undefined || (country !== undefined && !hasNumbers(country)))
    throw new WrongSetting("is not one country that has telephone numbers");
  return country;
}

/** `{"en":"en-GB-Emma","de-AT":"…"}`: voices by language or locale. English comes by itself where it is not named. */
export function parseProfiles(text: string): VoiceProfiles {
  const json: unknown = JSON.parse(text);
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new WrongSetting('is not a JSON object such as {"en":"en-GB-Emma"}');
  const profiles = new Map<string, string>();
  for (const [locale, profile] of Object.entries(json)) {
    if (languageOf(locale) === undefined)
      throw new WrongSetting(`names a language without a sentence of its own; there are: ${languages.join(", ")}`);
    if (typeof profile !== "string" || !/^[\w-]{1,100}$/.test(profile))
      throw new WrongSetting("holds a voice that is not a name such as en-GB-Emma");
    profiles.set(normalizeLocale(locale), profile);
  }
  const english = [...profiles.keys()].some((locale) => languageOf(locale) === "en");
  return english ? profiles : profiles.set("en", "en-GB-Emma");
}
