import { languageOf, normalizeLocale, type Language } from "./language.ts";
import type { Channel, OtpDelivery } from "./otp-delivery.ts";
import { MessageText, type OtpCode } from "./redacted.ts";

// 8x8's voices refuse special characters and no SSML is documented, so a spoken sentence holds nothing but letters,
// digits, spaces, commas and full stops.
// https://developer.8x8.com/connect/docs/voice/error-codes/voice-status-codes (-1016)
const sentences: Record<Language, Record<Channel, string>> = {
  en: { sms: "Your verification code is {code}", voice: "Your verification code is, {code}." },
  de: { sms: "Ihr Bestätigungscode lautet {code}", voice: "Ihr Bestätigungscode lautet, {code}." },
  fr: { sms: "Votre code de vérification est {code}", voice: "Votre code de vérification est, {code}." },
  es: { sms: "Su código de verificación es {code}", voice: "Su código de verificación es, {code}." },
  it: { sms: "Il tuo codice di verifica è {code}", voice: "Il tuo codice di verifica è, {code}." },
  pt: { sms: "O seu código de verificação é {code}", voice: "O seu código de verificação é, {code}." },
  nl: { sms: "Uw verificatiecode is {code}", voice: "Uw verificatiecode is, {code}." },
  ja: { sms: "確認コードは {code} です", voice: "確認コードは, {code}, です." },
  zh: { sms: "您的验证码是 {code}", voice: "您的验证码是, {code}." },
  ko: { sms: "인증 코드는 {code}입니다", voice: "인증 코드는, {code}, 입니다." },
  id: { sms: "Kode verifikasi Anda adalah {code}", voice: "Kode verifikasi Anda adalah, {code}." },
  th: { sms: "รหัสยืนยันของคุณคือ {code}", voice: "รหัสยืนยันของคุณคือ, {code}." },
};

// 8x8 cuts a text after 10 parts, of 67 UTF-16 units where it is not plain GSM-7: the code might be in what is cut.
// https://developer.8x8.com/connect/docs/send-sms-api-reference
const smsTextLimit = 670;

/** Whether a text holds the code and no other: its digits in a row, with spaces or hyphens between them at most. */
export function holdsCode(text: string, code: OtpCode): boolean {
  const digits = code.expose().split("").join("[\\s\\p{Pd}]*");
  return new RegExp(`(?<!\\d)${digits}(?!\\d)`, "u").test(text);
}

/** Okta's rendered text; where it sent none that fits, our own sentence in the user's language. */
export function smsText({ text, code, locale }: OtpDelivery): MessageText {
  if (text !== undefined && text.expose().length <= smsTextLimit) return text;
  return sentence(languageOf(locale) ?? "en", "sms", code.expose());
}

/** 8x8's voice by locale or language, in lower case. At least one is for English. */
export type VoiceProfiles = ReadonlyMap<string, string>;

export interface SpokenText {
  readonly text: MessageText;
  readonly voiceProfile: string;
}

/** Sentence and voice are of one language: the user's where there is a voice for it, else English. */
export function spokenText({ code, locale }: OtpDelivery, profiles: VoiceProfiles): SpokenText {
  const language = languageOf(locale);
  const own = language && voiceFor(language, profiles, locale);
  const spoken = language && own ? language : "en";
  return {
    // The commas make the voice read digit by digit, with a pause after each.
    text: sentence(spoken, "voice", code.expose().split("").join(", ")),
    voiceProfile: own ?? voiceFor("en", profiles) ?? "",
  };
}

function sentence(language: Language, channel: Channel, code: string): MessageText {
  return new MessageText(sentences[language][channel].replace("{code}", code));
}

function voiceFor(language: Language, profiles: VoiceProfiles, locale: string = language): string | undefined {
  const another = [...profiles.keys()].find((key) => languageOf(key) === language) ?? "";
  return profiles.get(normalizeLocale(locale)) ?? profiles.get(language) ?? profiles.get(another);
}
