import { useState } from "preact/hooks";
import type { TargetedSubmitEvent } from "preact";
import type { Channel } from "../../../../src/rules/channels.ts";
import { messageNames } from "../channels.ts";
import type { SendHook } from "../protocol.ts";
import { languageName } from "./words.ts";

/** One locale for each language of the app's own sentences. */
const locales = "en-US de-DE fr-FR es-ES it-IT pt-PT nl-NL ja-JP zh-CN ko-KR id-ID th-TH".split(
  " ",
);

/** Okta's request types: https://developer.okta.com/docs/guides/telephony-inline-hook/ */
const requestTypes = [
  ["com.okta.user.telephony.mfa-verification", "Signing in"],
  ["com.okta.user.telephony.pre-enrollment", "Enrolling the phone"],
  ["com.okta.user.telephony.password-reset", "Resetting the password"],
  ["com.okta.user.telephony.account-unlock", "Unlocking the account"],
] as const;

export function SendForm({ onSend }: { readonly onSend: (wish: SendHook) => void }) {
  const [noTemplate, setNoTemplate] = useState(false);
  const send = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSend(read(new FormData(event.currentTarget)));
  };
  return (
    <form onSubmit={send} noValidate>
      <h2 id="send-title">Send a request, as Okta does</h2>
      <div class="fields">
        <label>
          Channel
          <select name="channel">
            {Object.entries(messageNames).map(([channel, name]) => (
              <option key={channel} value={channel}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          Phone number
          <input
            name="phoneNumber"
            inputmode="tel"
            autocomplete="off"
            defaultValue="+12025550123"
          />
        </label>
        <label>
          Language
          <select name="locale">
            {locales.map((locale) => (
              <option key={locale} value={locale}>
                {languageName(locale)} · {locale}
              </option>
            ))}
          </select>
        </label>
        <label>
          Code
          <input name="code" inputmode="numeric" autocomplete="off" placeholder="random" />
        </label>
        <label>
          Expires in seconds
          <input name="expiresInS" type="number" placeholder="300" />
        </label>
        <label>
          Asked for
          <select name="requestType">
            {requestTypes.map(([type, name]) => (
              <option key={type} value={type}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label class="wide">
          Okta's text
          <input
            name="template"
            autocomplete="off"
            placeholder="Your code is ${code}"
            disabled={noTemplate}
          />
        </label>
        <label class="check wide">
          <input
            type="checkbox"
            name="noTemplate"
            checked={noTemplate}
            onChange={({ currentTarget }) => setNoTemplate(currentTarget.checked)}
          />{" "}
          Send no text, so that the app writes its own
        </label>
      </div>
      <button type="submit" class="main">
        Send
      </button>
    </form>
  );
}

/** Reads the form, without empty fields, because the sandbox has defaults for them. */
function read(form: FormData): SendHook {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value.trim() : "";
  };
  const optional = (name: string) => (text(name) === "" ? {} : { [name]: text(name) });
  return {
    channel: text("channel") as Channel,
    phoneNumber: text("phoneNumber"),
    locale: text("locale"),
    requestType: text("requestType"),
    ...optional("code"),
    ...(form.has("noTemplate") ? { template: null } : optional("template")),
    ...(text("expiresInS") !== "" && { expiresInS: Number(text("expiresInS")) }),
  };
}
