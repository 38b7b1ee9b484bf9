import type { Language } from "../../../src/delivery/texts.ts";

/**
 * Example voices. Only the sandbox accepts them without a check. 8x8's public pages name those for
 * en and zh; the others are written as its list writes Azure's voices. An account's voices are
 * listed by GET /api/v1/subaccounts/{id}/speech-profiles:
 * https://developer.8x8.com/connect/reference/get-voice-profile-information
 */
const voices: Readonly<Record<Language, string>> = {
  en: "en-GB-Emma",
  de: "de-DE-KatjaNeural",
  fr: "fr-FR-DeniseNeural",
  es: "es-ES-ElviraNeural",
  it: "it-IT-ElsaNeural",
  pt: "pt-PT-RaquelNeural",
  nl: "nl-NL-ColetteNeural",
  ja: "ja-JP-NanamiNeural",
  zh: "zh-CN-XiaoxiaoNeural",
  ko: "ko-KR-SunHiNeural",
  id: "id-ID-GadisNeural",
  th: "th-TH-PremwadeeNeural",
};

/** What the app runs with at the sandbox where nobody says otherwise. */
export function exampleSettings(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return env["EIGHT_BY_EIGHT_VOICE_PROFILES"]
    ? {}
    : { EIGHT_BY_EIGHT_VOICE_PROFILES: JSON.stringify(voices) };
}
