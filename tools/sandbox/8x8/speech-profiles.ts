import type { Answer, Api } from "./api.ts";

/**
 * Voices of the sub-account for calls. 8x8's public pages name the voices for en and zh. The other
 * names follow the pattern of Azure's voices in 8x8's list.
 */
export const voices = {
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

/**
 * Answers the API for voice profiles. Returns undefined for another path.
 * https://developer.8x8.com/connect/reference/get-voice-profile-information
 */
export function speechProfiles(
  method: string,
  path: string,
  refused: Answer | undefined,
  apis: readonly Api[],
): Answer | undefined {
  const [, subAccount] = /^\/api\/v1\/subaccounts\/([^/?]+)\/speech-profiles$/.exec(path) ?? [];
  if (method !== "GET" || subAccount === undefined) return undefined;
  const api = apis.find(({ operation }) => operation === "callflows");
  if (refused !== undefined || api === undefined) return api?.failure(401) ?? refused;
  if (subAccount !== api.subAccount) return api.failure(404);
  const profiles = Object.entries(voices).map(([language, speechProfileCode]) => ({
    speechProfileCode,
    localeCode: speechProfileCode.split("-", 2).join("-"),
    localeDescription: language,
    gender: "F",
  }));
  return { status: 200, body: { speechProfiles: profiles, statusCode: 1, statusMessage: "ok" } };
}
