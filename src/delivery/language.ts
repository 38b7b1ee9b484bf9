/** The languages that we have sentences in, by ISO 639-1. */
export const languages = ["en", "de", "fr", "es", "it", "pt", "nl", "ja", "zh", "ko", "id", "th"] as const;
export type Language = (typeof languages)[number];

/** `EN-US`, `en_US` and `en` are all English; what is not ours, or absent, is undefined. */
export function languageOf(locale: string | undefined): Language | undefined {
  const language = normalizeLocale(locale ?? "").split("-", 1)[0];
  return languages.find((ours) => ours === language);
}

/** Former codes, which Java and Okta's widget still send, and Norwegian's: https://www.iana.org/assignments/language-subtag-registry */
const formerCodes: Readonly<Record<string, string>> = { in: "id", iw: "he", ji: "yi", no: "nb" };

/** Lower case, with hyphens, and a language by its present code: how locales are compared. */
export function normalizeLocale(locale: string): string {
  const normalized = locale.trim().toLowerCase().replaceAll("_", "-");
  return normalized.replace(/^(?:in|iw|ji|no)(?=-|$)/, (code) => formerCodes[code] ?? code);
}
