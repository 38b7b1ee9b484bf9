import type { TextForm } from "./channels.ts";
import type { OtpDelivery } from "./otp-delivery.ts";
import type { PhoneNumber } from "./phone-number.ts";
import { findFor, type ByCountry } from "./phone-policy.ts";
import { MessageText, type OtpCode } from "./redacted.ts";

// 8x8's voices refuse special characters and no SSML is documented, so a spoken sentence holds
// nothing but letters, digits, spaces, commas and full stops.
// https://developer.8x8.com/connect/docs/voice/error-codes/voice-status-codes (-1016)
const sentences = {
  en: { written: "Your verification code is {code}", spoken: "Your verification code is, {code}." },
  de: {
    written: "Ihr Bestätigungscode lautet {code}",
    spoken: "Ihr Bestätigungscode lautet, {code}.",
  },
  fr: {
    written: "Votre code de vérification est {code}",
    spoken: "Votre code de vérification est, {code}.",
  },
  es: {
    written: "Su código de verificación es {code}",
    spoken: "Su código de verificación es, {code}.",
  },
  it: {
    written: "Il tuo codice di verifica è {code}",
    spoken: "Il tuo codice di verifica è, {code}.",
  },
  pt: {
    written: "O seu código de verificação é {code}",
    spoken: "O seu código de verificação é, {code}.",
  },
  nl: { written: "Uw verificatiecode is {code}", spoken: "Uw verificatiecode is, {code}." },
  ja: { written: "確認コードは {code} です", spoken: "確認コードは, {code}, です." },
  zh: { written: "您的验证码是 {code}", spoken: "您的验证码是, {code}." },
  ko: { written: "인증 코드는 {code}입니다", spoken: "인증 코드는, {code}, 입니다." },
  id: {
    written: "Kode verifikasi Anda adalah {code}",
    spoken: "Kode verifikasi Anda adalah, {code}.",
  },
  th: { written: "รหัสยืนยันของคุณคือ {code}", spoken: "รหัสยืนยันของคุณคือ, {code}." },
} satisfies Record<string, Record<TextForm, string>>;

/** By ISO 639-1. */
export type Language = keyof typeof sentences;
export const languages = Object.keys(sentences) as readonly Language[];

/**
 * 8x8 cuts a text after 10 parts, of 67 UTF-16 units where it is not plain GSM-7:
 * https://developer.8x8.com/connect/docs/send-sms-api-reference
 */
export const smsTextLimit = 670;

/**
 * Whether a text holds the code and no other: its digits in a row, with spaces or hyphens between
 * them at most.
 */
export function holdsCode(text: string, code: OtpCode): boolean {
  const digits = code.expose().split("").join("[\\s\\p{Pd}]*");
  return new RegExp(`(?<!\\d)${digits}(?!\\d)`, "u").test(text);
}

/**
 * Okta's rendered text; where it sent none that fits, our own sentence in the user's language.
 * @param limit In UTF-16 units. 8x8 cuts longer texts, and the code might be in the part that is
 * cut.
 */
export function writtenText({ text, code, locale }: OtpDelivery, limit: number): MessageText {
  if (text !== undefined && text.expose().length <= limit) return text;
  return sentence(languageOf(locale) ?? "en", "written", code.expose());
}

/** 8x8's voice by locale or language, in lower case. At least one is for English. */
export type VoiceProfiles = ReadonlyMap<string, string>;

/**
 * Sentence and voice are of one language: the user's where there is a voice for it, else English.
 */
export function spokenText({ code, locale }: OtpDelivery, profiles: VoiceProfiles) {
  const language = languageOf(locale);
  const own = language && voiceFor(language, profiles, locale);
  const spoken = language && own ? language : "en";
  return {
    // The commas make the voice read digit by digit, with a pause after each.
    text: sentence(spoken, "spoken", code.expose().split("").join(", ")),
    voiceProfile: own ?? voiceFor("en", profiles) ?? "",
  };
}

function sentence(language: Language, form: TextForm, code: string): MessageText {
  return new MessageText(sentences[language][form].replace("{code}", code));
}

function voiceFor(
  language: Language,
  profiles: VoiceProfiles,
  locale: string = language,
): string | undefined {
  const another = [...profiles.keys()].find((key) => languageOf(key) === language) ?? "";
  return profiles.get(normalizeLocale(locale)) ?? profiles.get(language) ?? profiles.get(another);
}

/** `EN-US`, `en_US` and `en` are all English; what is not ours, or absent, is undefined. */
export function languageOf(locale: string | undefined): Language | undefined {
  const language = normalizeLocale(locale ?? "").split("-", 1)[0];
  return languages.find((ours) => ours === language);
}

/**
 * Former codes, which Java and Okta's widget still send, and Norwegian's:
 * https://www.iana.org/assignments/language-subtag-registry
 */
const formerCodes: Readonly<Record<string, string>> = { in: "id", iw: "he", ji: "yi", no: "nb" };

/** Lower case, with hyphens, and a language by its present code: how locales are compared. */
export function normalizeLocale(locale: string): string {
  const normalized = locale.trim().toLowerCase().replaceAll("_", "-");
  return normalized.replace(/^(?:in|iw|ji|no)(?=-|$)/, (code) => formerCodes[code] ?? code);
}

/**
 * Texts with one `{code}` each, for countries whose operators compare an SMS with a registered
 * text. By language or locale in lower case; `*` is there, and is for the others.
 */
export type Templates = ByCountry<ReadonlyMap<string, string>>;

/** Undefined where the number's country has no text of its own. */
export function templateText(
  templates: Templates,
  phoneNumber: PhoneNumber,
  { code, locale = "" }: OtpDelivery,
): MessageText | undefined {
  const texts = findFor(templates, phoneNumber);
  const [language = ""] = normalizeLocale(locale).split("-", 1);
  const text = texts?.get(normalizeLocale(locale)) ?? texts?.get(language) ?? texts?.get("*");
  return text === undefined ? undefined : new MessageText(text.replace("{code}", code.expose()));
}
