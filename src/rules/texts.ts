import type { CodeRequest } from "./code-request.ts";
import type { PhoneNumber } from "./phone-number.ts";
import { findFor, type ByCountry } from "./phone-policy.ts";
import { MessageText, type OtpCode } from "../privacy/redacted.ts";

// A spoken sentence has only letters, digits, spaces, commas and full stops. 8x8's voices refuse
// special characters, and 8x8 documents no SSML.
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
} satisfies Record<string, { readonly written: string; readonly spoken: string }>;

type Language = keyof typeof sentences;
export const languages = Object.keys(sentences) as readonly Language[];

// In UTF-16 units. 8x8 cuts a text after 10 parts, and a part has only 67 units if the text is not
// plain GSM-7.
// https://developer.8x8.com/connect/docs/send-sms-api-reference
export const smsTextLimit = 670;

/** The code's digits may have spaces or hyphens between them. */
export function holdsCode(text: string, code: OtpCode): boolean {
  const digits = code.expose().split("").join("[\\s\\p{Pd}]*");
  return new RegExp(`(?<!\\d)${digits}(?!\\d)`, "u").test(text);
}

/** Inner keys are languages or locales in lower case. The key `*` is always set. */
export type Templates = ByCountry<ReadonlyMap<string, string>>;

/** Does not send a text that 8x8 would cut, because 8x8 could cut off the code. */
export function writtenText(
  codeRequest: CodeRequest,
  phoneNumber: PhoneNumber,
  templates: Templates,
): MessageText {
  const { text, code, locale } = codeRequest;
  const template = templateFor(findFor(templates, phoneNumber), locale);
  if (template !== undefined) return new MessageText(template.replace("{code}", code.expose()));
  if (text !== undefined && text.expose().length <= smsTextLimit) return text;
  return sentence(languageOf(locale) ?? "en", "written", code.expose());
}

function templateFor(
  texts: ReadonlyMap<string, string> | undefined,
  locale = "",
): string | undefined {
  const normalized = normalizeLocale(locale);
  const [language = ""] = normalized.split("-", 1);
  return texts?.get(normalized) ?? texts?.get(language) ?? texts?.get("*");
}

/** 8x8's voice by locale or language, in lower case. At least one is for English. */
export type VoiceProfiles = ReadonlyMap<string, string>;

export function spokenText({ code, locale }: CodeRequest, profiles: VoiceProfiles) {
  const language = languageOf(locale);
  const own = language && voiceFor(language, profiles, locale);
  const spoken = language && own ? language : "en";
  return {
    // The commas make the voice read digit by digit, with a pause after each.
    text: sentence(spoken, "spoken", code.expose().split("").join(", ")),
    voiceProfile: own ?? voiceFor("en", profiles) ?? "",
  };
}

function sentence(language: Language, form: "written" | "spoken", code: string): MessageText {
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

export function languageOf(locale: string | undefined): Language | undefined {
  const language = normalizeLocale(locale ?? "").split("-", 1)[0];
  return languages.find((ours) => ours === language);
}

/**
 * Outdated language codes that Java and Okta's widget still send, and `no` for Norwegian:
 * https://www.iana.org/assignments/language-subtag-registry
 */
const formerCodes: Readonly<Record<string, string>> = { in: "id", iw: "he", ji: "yi", no: "nb" };

export function normalizeLocale(locale: string): string {
  const normalized = locale.trim().toLowerCase().replaceAll("_", "-");
  return normalized.replace(/^(?:in|iw|ji|no)(?=-|$)/, (code) => formerCodes[code] ?? code);
}
