import { MessageText, OtpCode } from "../../src/delivery/redacted.ts";
import { languages, writtenText } from "../../src/delivery/texts.ts";
import { sampleDelivery, samplePhoneNumber } from "./sample-delivery.ts";

const textOf = (changes: Parameters<typeof sampleDelivery>[0]) =>
  writtenText(sampleDelivery(changes), samplePhoneNumber(), new Map()).expose();

test("the text of an SMS is Okta's rendered text, unchanged", () => {
  expect(textOf({ text: new MessageText(" (HOOK)Your code is 11111\n") })).toBe(
    " (HOOK)Your code is 11111\n",
  );
});

describe("the text of an SMS without a text from Okta", () => {
  test.each(languages)("is our own sentence with the code: %s", (locale) => {
    const text = textOf({ locale, code: new OtpCode("0042") });
    expect(text).toContain("0042");
    expect(text).toMatch(/\p{L}{2}/u);
    expect(text.length).toBeLessThanOrEqual(70);
  });

  test("differs in each language", () => {
    expect(new Set(languages.map((locale) => textOf({ locale }))).size).toBe(12);
  });

  test("is in the language of the locale, or in English if we have no sentence in it", () => {
    expect(textOf({ locale: "DE-at" })).toBe("Ihr Bestätigungscode lautet 012345");
    for (const locale of [undefined, "sv-SE"])
      expect(textOf({ locale })).toBe("Your verification code is 012345");
  });
});

test("the text of an SMS is our own sentence if Okta's text has more than 670 characters", () => {
  expect(textOf({ text: new MessageText("ü".repeat(670)) })).toHaveLength(670);
  expect(textOf({ text: new MessageText("ü".repeat(671)), locale: "fr" })).toBe(
    "Votre code de vérification est 012345",
  );
});
