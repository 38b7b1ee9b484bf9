import { MessageText } from "./concealed.ts";
import { languageOf, type Language } from "./language.ts";
import type { OtpDelivery } from "./otp-delivery.ts";

const sentences: Record<Language, (code: string) => string> = {
  en: (code) => `Your verification code is ${code}`,
  de: (code) => `Ihr Bestätigungscode lautet ${code}`,
  fr: (code) => `Votre code de vérification est ${code}`,
  es: (code) => `Su código de verificación es ${code}`,
  it: (code) => `Il tuo codice di verifica è ${code}`,
  pt: (code) => `O seu código de verificação é ${code}`,
  nl: (code) => `Uw verificatiecode is ${code}`,
  ja: (code) => `確認コードは ${code} です`,
  zh: (code) => `您的验证码是 ${code}`,
  ko: (code) => `인증 코드는 ${code}입니다`,
  id: (code) => `Kode verifikasi Anda adalah ${code}`,
  th: (code) => `รหัสยืนยันของคุณคือ ${code}`,
};

// 8x8 cuts a text after 10 parts, of 67 UTF-16 units where it is not plain GSM-7: the code might be in what is cut.
// https://developer.8x8.com/connect/docs/send-sms-api-reference
const longestText = 670;

/** Okta's rendered text; where it sent none that fits, our own sentence in the user's language. */
export function smsText({ text, code, locale }: OtpDelivery): MessageText {
  if (text !== undefined && text.reveal().length <= longestText) return text;
  return new MessageText(sentences[languageOf(locale) ?? "en"](code.reveal()));
}
