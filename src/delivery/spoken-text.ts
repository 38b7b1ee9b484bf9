import { MessageText } from "./concealed.ts";
import { languageOf, normalizeLocale, type Language } from "./language.ts";
import type { OtpDelivery } from "./otp-delivery.ts";

// 8x8 refuses special characters and documents no SSML, so there is nothing here but letters, digits, spaces, commas
// and full stops. https://developer.8x8.com/connect/docs/voice/error-codes/voice-status-codes (-1016)
const sentences: Record<Language, (digits: string) => string> = {
  en: (digits) => `Your verification code is, ${digits}.`,
  de: (digits) => `Ihr Bestätigungscode lautet, ${digits}.`,
  fr: (digits) => `Votre code de vérification est, ${digits}.`,
  es: (digits) => `Su código de verificación es, ${digits}.`,
  it: (digits) => `Il tuo codice di verifica è, ${digits}.`,
  pt: (digits) => `O seu código de verificação é, ${digits}.`,
  nl: (digits) => `Uw verificatiecode is, ${digits}.`,
  ja: (digits) => `確認コードは, ${digits}, です.`,
  zh: (digits) => `您的验证码是, ${digits}.`,
  ko: (digits) => `인증 코드는, ${digits}, 입니다.`,
  id: (digits) => `Kode verifikasi Anda adalah, ${digits}.`,
  th: (digits) => `รหัสยืนยันของคุณคือ, ${digits}.`,
};

/** 8x8's voice by locale or language, in lower case. At least one is for English. */
export type VoiceProfiles = ReadonlyMap<string, string>;

export interface Speech {
  readonly text: MessageText;
  readonly voiceProfile: string;
}

/** Sentence and voice are of one language: the user's where there is a voice for it, else English. */
export function speak({ code, locale }: OtpDelivery, profiles: VoiceProfiles): Speech {
  const language = languageOf(locale);
  const own = language && voiceFor(language, profiles, locale);
  const spoken = language && own ? language : "en";
  return {
    // The commas make the voice read digit by digit, with a pause after each.
    text: new MessageText(sentences[spoken](code.reveal().split("").join(", "))),
    voiceProfile: own ?? voiceFor("en", profiles) ?? "",
  };
}

function voiceFor(language: Language, profiles: VoiceProfiles, locale: string = language): string | undefined {
  const another = [...profiles.keys()].find((key) => languageOf(key) === language) ?? "";
  return profiles.get(normalizeLocale(locale)) ?? profiles.get(language) ?? profiles.get(another);
}
