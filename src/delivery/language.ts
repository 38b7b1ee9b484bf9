/** The languages that we have sentences in, by ISO 639-1. */
export const languages = ["en", "de", "fr", "es", "it", "pt", "nl", "ja", "zh", "ko", "id", "th"] as const;
export type Language = (typeof languages)[number];

/** `EN-US`, `en_US` and `en` are all English; what is not ours, or absent, is undefined. */
export function languageOf(locale: string | undefined): Language | undefined {
  const language = normalizeLocale(locale ?? "").split("-", 1)[0];
  return languages.find((ours) => ours === language);
}

/** Lower case, with hyphens: how locales are compared. */
export function normalizeLocale(locale: string): string {
  return locale.trim().toLowerCase().replaceAll("_", "-");
}
