import { MessageText, OtpCode } from "../../src/privacy/redacted.ts";
import { languages, writtenText } from "../../src/rules/texts.ts";
import { sampleCodeRequest, samplePhoneNumber } from "./sample-code-request.ts";

const textOf = (changes: Parameters<typeof sampleCodeRequest>[0]) =>
  writtenText(sampleCodeRequest(changes), samplePhoneNumber(), new Map()).expose();

test("an SMS has Okta's rendered text, unchanged", () => {
  expect(textOf({ text: new MessageText(" (HOOK)Your code is 11111\n") })).toBe(
    " (HOOK)Your code is 11111\n",
  );
});

describe("no text from Okta", () => {
  test.each(languages)(
    "without Okta's text, the app's own text in the language %s contains the code",
    (locale) => {
      const text = textOf({ locale, code: new OtpCode("0042") });
      expect(text).toContain("0042");
      expect(text).not.toMatch(/[{}$<>\\]/);
      expect(text).toMatch(/\p{L}{2}/u);
      expect(text.length).toBeLessThanOrEqual(70);
    },
  );

  test("the app's own text differs in each language", () => {
    expect(new Set(languages.map((locale) => textOf({ locale }))).size).toBe(12);
  });

  test("the app's own text is in the locale's language, or in English if the app lacks that language", () => {
    expect(textOf({ locale: "DE-at" })).toBe("Ihr Bestätigungscode lautet 012345");
    for (const locale of [undefined, "sv-SE"])
      expect(textOf({ locale })).toBe("Your verification code is 012345");
  });
});

test("an SMS has the app's own text if Okta's text has more than 670 characters", () => {
  expect(textOf({ text: new MessageText("ü".repeat(670)) })).toHaveLength(670);
  expect(textOf({ text: new MessageText("ü".repeat(671)), locale: "fr" })).toBe(
    "Votre code de vérification est 012345",
  );
});
