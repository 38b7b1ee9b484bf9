import { OtpCode } from "../../src/privacy/redacted.ts";
import { languages, spokenText, type VoiceProfiles } from "../../src/rules/texts.ts";
import { sampleCodeRequest } from "./sample-code-request.ts";

const english: VoiceProfiles = new Map([["en", "en-GB-Emma"]]);
const all: VoiceProfiles = new Map(languages.map((language) => [language, `voice-${language}`]));

function say(locale: string | undefined, profiles: VoiceProfiles, code = "012345") {
  const { text, voiceProfile } = spokenText(
    sampleCodeRequest({ locale, code: new OtpCode(code) }),
    profiles,
  );
  return { text: text.expose(), voiceProfile };
}

describe.each(languages)("the spoken text in %s", (language) => {
  test("the spoken text separates the digits, in order and with leading zeros", () => {
    const { text } = say(language, all, "0012345678");
    expect(text).toContain("0, 0, 1, 2, 3, 4, 5, 6, 7, 8");
    expect(text).not.toMatch(/\d\d/);
  });

  test("the spoken text has only letters, digits, spaces, commas and full stops, as 8x8 requires", () => {
    expect(say(language, all).text).toMatch(/^[\p{L}\p{M}\p{Nd} ,.]+$/u);
  });

  test("the spoken text and the voice are in the user's language", () => {
    const { text, voiceProfile } = say(language, all);
    expect(voiceProfile).toBe(`voice-${language}`);
    const others = languages
      .filter((another) => another !== language)
      .map((another) => say(another, all).text);
    expect(others).not.toContain(text);
  });

  test("the spoken text and the voice are English if the language has no voice", () => {
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
    ["of the locale", "de-AT", "de-AT-Ingrid"],
    ["of the locale, whatever its spelling", " DE_at", "de-AT-Ingrid"],
    ["of the language if the locale has none", "de-CH", "de-DE-Katja"],
    ["of another locale if the locale and the language have none", "fr-FR", "fr-CA-Sylvie"],
    ["of another locale if the language has none", "fr", "fr-CA-Sylvie"],
    ["for English if the language has none", "it-IT", "en-GB-Emma"],
    ["for English if the app has no text in the language", "sv-SE", "en-GB-Emma"],
  ])("a call has the voice %s: %s", (_, locale, voice) => {
    expect(say(locale, profiles).voiceProfile).toBe(voice);
  });

  test("a call has the English voice if Okta sent no locale", () => {
    expect(say(undefined, profiles)).toEqual(say("en", profiles));
  });

  test("if the language en has no voice, a call has the voice of an English locale", () => {
    expect(say("de", new Map([["en-us", "en-US-AriaRUS"]])).voiceProfile).toBe("en-US-AriaRUS");
  });
});
