import { MessageText, OtpCode } from "../../src/delivery/redacted.ts";
import { languages, writtenText } from "../../src/delivery/texts.ts";
import { sampleDelivery } from "./sample-delivery.ts";

const textOf = (changes: Parameters<typeof sampleDelivery>[0]) =>
  writtenText(sampleDelivery(changes), 100).expose();

test("is Okta's rendered text, to the letter", () => {
  expect(textOf({ text: new MessageText(" (HOOK)Your code is 11111\n") })).toBe(
    " (HOOK)Your code is 11111\n",
  );
});

describe("where Okta sent no text", () => {
  test.each(languages)("is a sentence of our own with the code in it: %s", (locale) => {
    const text = textOf({ locale, code: new OtpCode("0042") });
    expect(text).toContain("0042");
    expect(text).toMatch(/\p{L}{2}/u);
    expect(text.length).toBeLessThanOrEqual(70);
  });

  test("is different in each language", () => {
    expect(new Set(languages.map((locale) => textOf({ locale }))).size).toBe(12);
  });

  test("follows the locale, and is English for any other", () => {
    expect(textOf({ locale: "DE-at" })).toBe("Ihr Bestätigungscode lautet 012345");
    for (const locale of [undefined, "sv-SE"])
      expect(textOf({ locale })).toBe("Your verification code is 012345");
  });
});

test("is our own sentence where Okta's text is longer than the channel's limit", () => {
  expect(textOf({ text: new MessageText("ü".repeat(100)) })).toHaveLength(100);
  expect(textOf({ text: new MessageText("ü".repeat(101)), locale: "fr" })).toBe(
    "Votre code de vérification est 012345",
  );
});
