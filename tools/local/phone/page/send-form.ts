import type { Channel } from "../../../../src/delivery/channels.ts";
import { messageNames } from "../channels.ts";
import type { SendHook } from "../protocol.ts";
import { field, fillOptions } from "./dom.ts";

/** One for each language that the app has sentences in. */
const locales = [
  ...(["en-US", "de-DE", "fr-FR", "es-ES", "it-IT", "pt-PT"] as const),
  ...(["nl-NL", "ja-JP", "zh-CN", "ko-KR", "id-ID", "th-TH"] as const),
];

/** Okta's request types: https://developer.okta.com/docs/guides/telephony-inline-hook/ */
export const requestTypes = [
  ["com.okta.user.telephony.mfa-verification", "Signing in"],
  ["com.okta.user.telephony.pre-enrollment", "Enrolling the phone"],
  ["com.okta.user.telephony.password-reset", "Resetting the password"],
  ["com.okta.user.telephony.account-unlock", "Unlocking the account"],
] as const;

const languages = new Intl.DisplayNames(["en"], { type: "language" });

export interface SendForm {
  read(): SendHook;
  fill(hook: Partial<SendHook>): void;
}

const usual = {
  channel: "sms",
  phoneNumber: "+12025550123",
  locale: "en-US",
  code: "",
  expiresInS: 300,
  template: "",
  requestType: requestTypes[0][0],
} as const satisfies SendHook;

export function createSendForm(form: HTMLFormElement): SendForm {
  const input = (name: string) => field(form, name, HTMLInputElement);
  const select = (name: string) => field(form, name, HTMLSelectElement);
  const [noTemplate, template] = [input("noTemplate"), input("template")];
  fillOptions(
    select("locale"),
    locales.map((locale) => [locale, `${languages.of(locale.slice(0, 2)) ?? locale} · ${locale}`]),
  );
  fillOptions(select("requestType"), requestTypes);
  fillOptions(select("channel"), Object.entries(messageNames));
  const alignTemplate = () => {
    template.disabled = noTemplate.checked;
  };
  noTemplate.addEventListener("change", alignTemplate);
  /** What no field shows. */
  let wrongSecret = false;

  return {
    read() {
      const code = input("code").value.trim();
      const text = noTemplate.checked ? null : template.value.trim();
      return {
        channel: select("channel").value as Channel,
        phoneNumber: input("phoneNumber").value.trim(),
        locale: select("locale").value,
        ...(code !== "" && { code }),
        expiresInS: input("expiresInS").valueAsNumber || 0,
        requestType: select("requestType").value,
        ...(text !== "" && { template: text }),
        ...(wrongSecret && { wrongSecret }),
      };
    },
    fill(changes) {
      const {
        channel,
        phoneNumber,
        locale,
        code,
        expiresInS,
        requestType,
        template: text,
      } = { ...usual, ...changes };
      wrongSecret = changes.wrongSecret ?? false;
      select("channel").value = channel;
      input("phoneNumber").value = phoneNumber;
      select("locale").value = locale;
      input("code").value = code;
      input("expiresInS").value = String(expiresInS);
      select("requestType").value = requestType;
      noTemplate.checked = text === null;
      template.value = text ?? "";
      alignTemplate();
    },
  };
}
