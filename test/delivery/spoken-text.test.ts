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
  test("the digits stand apart, in order, leading zeros kept", () => {
    const { text } = say(language, all, "0012345678");
    expect(text).toContain("0, 0, 1, 2, 3, 4, 5, 6, 7, 8");
    expect(text).not.toMatch(/\d\d/);
  });

  test("there are only letters, digits, spaces, commas and full stops: 8x8 refuses special characters", () => {
    expect(say(language, all).text).toMatch(/^[\p{L}\p{M}\p{Nd} ,.]+$/u);
  });

  test("sentence and voice are of that language", () => {
    const { text, voiceProfile } = say(language, all);
    expect(voiceProfile).toBe(`voice-${language}`);
    const others = languages
      .filter((another) => another !== language)
      .map((another) => say(another, all).text);
    expect(others).not.toContain(text);
  });

  test("without a voice for it, sentence and voice are English", () => {
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
    ["is the locale's, however that is written", " DE_at", "de-AT-Ingrid"],
    ["is the language's where the locale has none", "de-CH", "de-DE-Katja"],
    ["is another locale's of the language where it has none itself", "fr-FR", "fr-CA-Sylvie"],
    ["is another locale's for a language alone", "fr", "fr-CA-Sylvie"],
    ["is English for a language that has no voice", "it-IT", "en-GB-Emma"],
    ["is English for a language that we have no sentence in", "sv-SE", "en-GB-Emma"],
  ])("%s: %s", (_, locale, voice) => {
    expect(say(locale, profiles).voiceProfile).toBe(voice);
  });

  test("is English where there is no locale", () => {
    expect(say(undefined, profiles)).toEqual(say("en", profiles));
  });

  test("is an English locale's where English alone has none", () => {
    expect(say("de", new Map([["en-us", "en-US-AriaRUS"]])).voiceProfile).toBe("en-US-AriaRUS");
  });
});
