import { OtpCode } from "../../src/delivery/redacted.ts";
import { languages, spokenText, type VoiceProfiles } from "../../src/delivery/texts.ts";
import { sampleDelivery } from "./sample-delivery.ts";

const english: VoiceProfiles = new Map([["en", "en-GB-Emma"]]);
const all: VoiceProfiles = new Map(languages.map((language) => [language, `voice-${language}`]));

function say(locale: string | undefined, profiles: VoiceProfiles, code = "012345") {
  const { text, voiceProfile } = spokenText(
    sampleDelivery({ locale, code: new OtpCode(code) }),
    profiles,
  );
  return { text: text.expose(), voiceProfile };
}

describe.each(languages)("in %s", (language) => {
  test("the digits are apart, in order and with leading zeros", () => {
    const { text } = say(language, all, "0012345678");
    expect(text).toContain("0, 0, 1, 2, 3, 4, 5, 6, 7, 8");
    expect(text).not.toMatch(/\d\d/);
  });

  test("there are only characters that 8x8 accepts: letters, digits, spaces, commas, full stops", () => {
    expect(say(language, all).text).toMatch(/^[\p{L}\p{M}\p{Nd} ,.]+$/u);
  });

  test("the sentence and the voice are in that language", () => {
    const { text, voiceProfile } = say(language, all);
    expect(voiceProfile).toBe(`voice-${language}`);
    const others = languages
      .filter((another) => another !== language)
      .map((another) => say(another, all).text);
    expect(others).not.toContain(text);
  });

  test("the sentence and the voice are English if there is no voice for the language", () => {
    expect(say(language, english)).toEqual(say("en", english));
    expect(say(language, english)).toEqual({
      text: "Your verification code is, 0, 1, 2, 3, 4, 5.",
      voiceProfile: "en-GB-Emma",
    });
  });
});

describe("the voice", () => {
  const profiles: VoiceProfiles = new Map([
    ["en", "en-GB-Emma"],
    ["de-at", "de-AT-Ingrid"],
    ["de", "de-DE-Katja"],
    ["fr-ca", "fr-CA-Sylvie"],
  ]);

  test.each([
    ["is the locale's", "de-AT", "de-AT-Ingrid"],
    ["is the locale's, whatever its spelling", " DE_at", "de-AT-Ingrid"],
    ["is the language's if the locale has none", "de-CH", "de-DE-Katja"],
    ["is another locale's if neither locale nor language has one", "fr-FR", "fr-CA-Sylvie"],
    ["is another locale's if the language has none", "fr", "fr-CA-Sylvie"],
    ["is English if the language has no voice", "it-IT", "en-GB-Emma"],
    ["is English if we have no sentence in the language", "sv-SE", "en-GB-Emma"],
  ])("%s: %s", (_, locale, voice) => {
    expect(say(locale, profiles).voiceProfile).toBe(voice);
  });

  test("is English without a locale", () => {
    expect(say(undefined, profiles)).toEqual(say("en", profiles));
  });

  test("is an English locale's if English itself has no voice", () => {
    expect(say("de", new Map([["en-us", "en-US-AriaRUS"]])).voiceProfile).toBe("en-US-AriaRUS");
  });
});
