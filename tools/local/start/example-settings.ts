import type { Language } from "../../../src/delivery/texts.ts";

/**
 * Example voices. The sandbox accepts any voice name. 8x8's public pages name only those for en and
 * zh. The others follow the names of Azure's voices. To list an account's voices, call GET
 * /api/v1/subaccounts/{id}/speech-profiles:
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

/** Settings for the sandbox that apply if the environment does not have them. */
export function exampleSettings(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return env["EIGHT_BY_EIGHT_VOICE_PROFILES"]
    ? {}
    : { EIGHT_BY_EIGHT_VOICE_PROFILES: JSON.stringify(voices) };
}
