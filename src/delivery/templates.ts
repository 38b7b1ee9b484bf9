import { findFor, type ByCountry } from "./phone-policy.ts";
import { normalizeLocale } from "./texts.ts";
import type { OtpDelivery } from "./otp-delivery.ts";
import type { PhoneNumber } from "./phone-number.ts";
import { MessageText } from "./redacted.ts";

/**
 * Texts with one `{code}` each, for countries whose operators compare an SMS with a registered text. By language or
 * locale in lower case; `*` is there, and is for the others.
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
