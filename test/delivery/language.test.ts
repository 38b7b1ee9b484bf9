import { languageOf, languages, normalizeLocale } from "../../src/delivery/language.ts";

test("there are the twelve languages", () => {
  expect([...languages].sort()).toEqual(["de", "en", "es", "fr", "id", "it", "ja", "ko", "nl", "pt", "th", "zh"]);
});

test.each([
  ["en", "en"],
  ["EN-US", "en"],
  ["en_GB", "en"],
  [" de-AT ", "de"],
  ["zh-Hant-TW", "zh"],
  ["PT_br", "pt"],
])("%j is %s", (locale, language) => {
  expect(languageOf(locale)).toBe(language);
});

test.each([undefined, "", "-", "sv", "eng", "english", "constructor", "__proto__", "toString", "e", "de.AT"])(
  "%j is none of ours",
  (locale) => {
    expect(languageOf(locale)).toBeUndefined();
  },
);

test("locales compare without case and with one kind of dash", () => {
  expect(normalizeLocale(" EN_us_POSIX ")).toBe("en-us-posix");
});
