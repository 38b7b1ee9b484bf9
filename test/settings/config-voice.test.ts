import { load, voice, problemNames } from "./sample-settings.ts";

describe("voice", () => {
  test("voice is on if a sub-account and a source are set", () => {
    expect(load(voice).channels.voice).toMatchObject({
      url: "https://voice.8x8.com",
      subAccount: "acme_voice",
      sources: new Map([["*", "+6588000000"]]),
      profiles: new Map([["en", "en-GB-Emma"]]),
    });
  });

  test("if only the sub-account or only the source is set, the other setting is reported as missing", () => {
    expect(problemNames({ ...voice, EIGHT_BY_EIGHT_VOICE_SOURCE: "" })).toEqual([
      "EIGHT_BY_EIGHT_VOICE_SOURCE",
    ]);
    expect(problemNames({ ...voice, EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: undefined })).toEqual([
      "EIGHT_BY_EIGHT_VOICE_SUBACCOUNT",
    ]);
  });

  test("voice is on with sources for countries, but these sources must include a source for *", () => {
    const settings = { ...voice, EIGHT_BY_EIGHT_VOICE_SOURCE: "" };
    const sources = '{"US":"+18335550100","*":"+6588000000"}';
    expect(
      load({ ...settings, EIGHT_BY_EIGHT_VOICE_SOURCES: sources }).channels.voice?.sources,
    ).toEqual(
      new Map([
        ["US", "+18335550100"],
        ["*", "+6588000000"],
      ]),
    );
    for (const bad of [
      '{"US":"+18335550100"}',
      '{"US":null,"*":"+6588000000"}',
      '{"*":"Acme"}',
      "+6588000000",
    ])
      expect(problemNames({ ...settings, EIGHT_BY_EIGHT_VOICE_SOURCES: bad })).toEqual([
        "EIGHT_BY_EIGHT_VOICE_SOURCES",
      ]);
    expect(problemNames({ EIGHT_BY_EIGHT_VOICE_SOURCES: sources })).toEqual([
      "EIGHT_BY_EIGHT_VOICE_SUBACCOUNT",
    ]);
  });

  test.each<[string, Record<string, string>]>([
    ['{"en":"en-GB-Emma"}', { en: "en-GB-Emma" }],
    ['{"de":"de-DE-Katja"}', { de: "de-DE-Katja", en: "en-GB-Emma" }],
    [
      '{"DE_at":"de-AT-Ingrid","en-US":"en-US-AriaRUS"}',
      { "de-at": "de-AT-Ingrid", "en-us": "en-US-AriaRUS" },
    ],
    ["{}", { en: "en-GB-Emma" }],
  ])("voice has the profiles in EIGHT_BY_EIGHT_VOICE_PROFILES=%s", (value, profiles) => {
    const config = load({ ...voice, EIGHT_BY_EIGHT_VOICE_PROFILES: value });
    expect(Object.fromEntries(config.channels.voice?.profiles ?? [])).toEqual(profiles);
  });

  test.each([...["{", "null", "[]", '{"sv":"sv-SE-Astrid"}', '{"en":""}', '{"constructor":"x"}']])(
    "EIGHT_BY_EIGHT_VOICE_PROFILES=%s is reported as invalid",
    (value) => {
      expect(problemNames({ ...voice, EIGHT_BY_EIGHT_VOICE_PROFILES: value })).toEqual([
        "EIGHT_BY_EIGHT_VOICE_PROFILES",
      ]);
    },
  );
});
