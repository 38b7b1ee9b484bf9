import { messageForms, messageNames } from "../channels.ts";
import type { MessageItem } from "../shown-items.ts";
import { ask } from "./ask.ts";
import { attempt, copy, say } from "./toast.ts";
import {
  capitalized,
  isLost,
  languageName,
  plural,
  receiptState,
  senderWords,
  timeOf,
} from "./words.ts";

interface BubbleProps {
  readonly message: MessageItem;
  readonly chosen: boolean;
  readonly onNumber: (number: string) => void;
}

/** An SMS is a bubble and a call is a card. The text of a lost message is hidden. */
export function Bubble({ message, chosen, onNumber }: BubbleProps) {
  const { n, channel, to, warning, code, hook, at, used, receipt, by } = message;
  const lost = isLost(message);
  const classes = ["message", messageForms[channel], lost && "lost", chosen && "chosen"];
  return (
    <li id={`message-${n}`} class={classes.filter(Boolean).join(" ")}>
      <p class="to">
        <button type="button" title="Only this number" onClick={() => onNumber(to)}>
          {[to, senderWords(message)].filter(Boolean).join(" · ")}
        </button>
      </p>
      {warning && <p class="warning">{warning}</p>}
      <div class="bubble">
        {lost ? (
          <p class="text">The {messageNames[channel]} did not arrive.</p>
        ) : (
          <Words message={message} />
        )}
      </div>
      <p class="under">
        <span>{timeOf(at)}</span>
        {by && <span>{by === "8x8" ? "Sent by 8x8" : "Sent by the second hook"}</span>}
        {receipt && <span class="receipt">{capitalized(receiptState(message))}</span>}
        {used && <span class="used">Used {timeOf(used)}</span>}
      </p>
      <p class="acts">
        {code !== undefined && !lost && (
          <button type="button" onClick={() => copy(code, "The code is copied.")}>
            Copy code
          </button>
        )}
        <SignIn message={message}>Sign in</SignIn>
        {hook !== undefined && <a href={`#hook=${hook}`}>Request</a>}
      </p>
    </li>
  );
}

function Words({ message }: { readonly message: MessageItem }) {
  const { channel, text, code, language = "en", repetition = 1 } = message;
  const isSpoken = messageForms[channel] === "spoken";
  const times = repetition > 1 ? `, read ${plural(repetition, "time")}` : "";
  const at = code === undefined ? -1 : text.indexOf(code);
  return (
    <>
      {isSpoken && (
        <p class="call-head">
          Call in {languageName(language)}
          {times}
        </p>
      )}
      <p class="text" lang={isSpoken ? language : undefined}>
        {code === undefined || at < 0 ? (
          text
        ) : (
          <>
            {text.slice(0, at)}
            <strong>{code}</strong>
            {text.slice(at + code.length)}
          </>
        )}
      </p>
      {isSpoken && code !== undefined && (
        <p class="code-read" aria-hidden="true">
          {code}
        </p>
      )}
    </>
  );
}

interface SignInProps {
  readonly message: MessageItem;
  readonly children: string;
}

/** Uses the code as a person would, by asking the sandbox to send Okta's event to the app. */
export function SignIn({ message, children }: SignInProps) {
  const { n, code, used } = message;
  if (code === undefined || used !== undefined || isLost(message)) return null;
  const signIn = async () => {
    await ask("/sandbox/sign-in", { message: n });
    say("Signed in. Okta reported the use of the code to the app.");
  };
  return (
    <button
      type="button"
      aria-label={`Sign in with the code ${code}`}
      onClick={() => attempt(signIn)}
    >
      {children}
    </button>
  );
}
