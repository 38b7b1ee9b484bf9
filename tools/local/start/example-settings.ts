/**
 * Voices of the sub-account for calls. 8x8's public pages name the voices for en and zh. The other
 * names follow the pattern of Azure's voices in 8x8's list.
 */
const voices = {
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
} as const;

/** Returns the sandbox's voice profiles, unless the environment sets its own. */
export function exampleSettings(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return env["EIGHT_BY_EIGHT_VOICE_PROFILES"]
    ? {}
    : { EIGHT_BY_EIGHT_VOICE_PROFILES: JSON.stringify(voices) };
}
