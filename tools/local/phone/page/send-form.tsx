import { messageNames } from "../channels.ts";
import { languageName } from "./words.ts";

/** One locale for each language in which the app can write the text. */
const locales = "en-US de-DE fr-FR es-ES it-IT pt-PT nl-NL ja-JP zh-CN ko-KR id-ID th-TH".split(
  " ",
);

/** Okta's request types: https://developer.okta.com/docs/guides/telephony-inline-hook/ */
const requestTypes = {
  "com.okta.user.telephony.mfa-verification": "Signing in",
  "com.okta.user.telephony.pre-enrollment": "Enrolling the phone",
  "com.okta.user.telephony.password-reset": "Resetting the password",
  "com.okta.user.telephony.account-unlock": "Unlocking the account",
};
const languages = Object.fromEntries(
  locales.map((locale) => [locale, `${languageName(locale)} · ${locale}`]),
);

export function SendForm({ onSend }: { readonly onSend: (wish: object) => void }) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const fields = Object.entries(Object.fromEntries(new FormData(event.currentTarget)));
        // Leave out empty fields, because the sandbox has defaults for them.
        onSend(Object.fromEntries(fields.filter(([, value]) => value !== "")));
      }}
    >
      <h2 id="send-title">Send a request, as Okta does</h2>
      <div class="fields">
        <Choice label="Channel" name="channel" options={messageNames} />
        <label>
          Phone number
          <input
            name="phoneNumber"
            inputmode="tel"
            autocomplete="off"
            defaultValue="+12025550123"
          />
        </label>
        <Choice label="Language" name="locale" options={languages} />
        <label>
          Code
          <input name="code" inputmode="numeric" autocomplete="off" placeholder="random" />
        </label>
        <Choice label="Asked for" name="requestType" options={requestTypes} />
        <button type="submit" class="main">
          Send
        </button>
      </div>
    </form>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
}

function Choice({ label, name, options }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name}>
        {Object.entries(options).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
