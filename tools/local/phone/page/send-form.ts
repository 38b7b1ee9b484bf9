import type { Channel } from "../../../../src/rules/channels.ts";
import { messageNames } from "../channels.ts";
import type { SendHook } from "../protocol.ts";
import { field, fillOptions } from "./dom.ts";
import { languageName } from "./words.ts";

/** One locale for each language of the app's own sentences. */
const locales = "en-US de-DE fr-FR es-ES it-IT pt-PT nl-NL ja-JP zh-CN ko-KR id-ID th-TH".split(
  " ",
);

/** Okta's request types: https://developer.okta.com/docs/guides/telephony-inline-hook/ */
export const requestTypes = [
  ["com.okta.user.telephony.mfa-verification", "Signing in"],
  ["com.okta.user.telephony.pre-enrollment", "Enrolling the phone"],
  ["com.okta.user.telephony.password-reset", "Resetting the password"],
  ["com.okta.user.telephony.account-unlock", "Unlocking the account"],
] as const;

/** Fields of every preset's request, unless the preset has its own value. */
export const usual: SendHook = { channel: "sms", phoneNumber: "+12025550123" };

export function startSendForm(form: HTMLFormElement): void {
  const select = (name: string) => field(form, name, HTMLSelectElement);
  fillOptions(
    select("locale"),
    locales.map((locale) => [locale, `${languageName(locale)} · ${locale}`]),
  );
  fillOptions(select("requestType"), requestTypes);
  fillOptions(select("channel"), Object.entries(messageNames));
  field(form, "phoneNumber", HTMLInputElement).value = usual.phoneNumber;
  const [noTemplate, template] = templateFields(form);
  noTemplate.addEventListener("change", () => {
    template.disabled = noTemplate.checked;
  });
}

/** Reads the form, without empty fields, because the sandbox has defaults for them. */
export function readSendForm(form: HTMLFormElement): SendHook {
  const input = (name: string) => field(form, name, HTMLInputElement);
  const select = (name: string) => field(form, name, HTMLSelectElement).value;
  const [noTemplate, template] = templateFields(form);
  const code = input("code").value.trim();
  const expiresInS = input("expiresInS").valueAsNumber;
  const text = noTemplate.checked ? null : template.value.trim();
  return {
    channel: select("channel") as Channel,
    phoneNumber: input("phoneNumber").value.trim(),
    locale: select("locale"),
    requestType: select("requestType"),
    ...(code !== "" && { code }),
    ...(!Number.isNaN(expiresInS) && { expiresInS }),
    ...(text !== "" && { template: text }),
  };
}

const templateFields = (form: HTMLFormElement) =>
  [field(form, "noTemplate", HTMLInputElement), field(form, "template", HTMLInputElement)] as const;
