import { languageOf, normalizeLocale } from "../../src/rules/texts.ts";

test.each([
  ["en", "en"],
  ["EN-US", "en"],
  ["en_GB", "en"],
  [" de-AT ", "de"],
  ["zh-Hant-TW", "zh"],
  ["PT_br", "pt"],
  ["in", "id"],
  ["in-ID", "id"],
])("languageOf reads the locale %j as the language %s", (locale, language) => {
  expect(languageOf(locale)).toBe(language);
});

test.each([undefined, "", "-", "sv", "english", "__proto__", "de.AT"])(
  "languageOf finds no language for the locale %j",
  (locale) => {
    expect(languageOf(locale)).toBeUndefined();
  },
);

test.each([
  ["iw-IL", "he-il"],
  ["ji", "yi"],
  ["no", "nb"],
  ["no_NO", "nb-no"],
  ["nn-NO", "nn-no"],
  ["ind", "ind"],
])(
  "normalizeLocale turns the locale %s into %s, with the current language code",
  (locale, normalized) => {
    expect(normalizeLocale(locale)).toBe(normalized);
  },
);

test("normalizeLocale returns a locale in lower case with hyphens", () => {
  expect(normalizeLocale(" EN_us_POSIX ")).toBe("en-us-posix");
});
