import { messageForms, messageNames } from "../channels.ts";
import type { MessageItem } from "../protocol.ts";
import { ask } from "./ask.ts";
import { create, fromTemplate, onClick, part, write } from "./dom.ts";
import { isFresh } from "./fresh.ts";
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

/**
 * Draws an SMS as a bubble and a call as a card. The text of a message that did not arrive is
 * hidden.
 */
export function drawMessage(message: MessageItem, onNumber: (number: string) => void): HTMLElement {
  const { n, channel, to, warning, text, code, hook, at, used, receipt } = message;
  const lost = isLost(message);
  const root = fromTemplate("message");
  root.id = `message-${n}`;
  root.classList.add(messageForms[channel]);
  root.classList.toggle("fresh", isFresh(at));
  write(root, "to", [to, senderWords(message)].filter(Boolean).join(" · "));
  write(root, "warning", warning);
  onClick(root, "to", () => {
    onNumber(to);
  });
  root.classList.toggle("lost", lost);
  if (lost) write(root, "text", `The ${messageNames[channel]} did not arrive.`);
  else if (messageForms[channel] === "spoken") drawCall(root, message);
  else part(root, "text").append(...withCode(text, code));
  write(root, "when", timeOf(at));
  write(root, "receipt", receipt && capitalized(receiptState(message)));
  write(root, "used", used === undefined ? undefined : `Used ${timeOf(used)}`);
  part(root, "copy").hidden = lost || code === undefined;
  onClick(root, "copy", () => copy(code ?? "", "The code is copied."));
  const signIn = part(root, "sign-in");
  signIn.hidden = lost || code === undefined || used !== undefined;
  signIn.ariaLabel = `Sign in with the code ${code ?? ""}`;
  onClick(root, "sign-in", () => attempt(() => signInWith(n)));
  const link = part(root, "hook", HTMLAnchorElement);
  link.hidden = hook === undefined;
  link.href = `#hook=${hook ?? ""}`;
  return root;
}

/** Uses the code as a person would, by asking the sandbox to send Okta's event to the app. */
export async function signInWith(message: number): Promise<void> {
  await ask("/sandbox/sign-in", { message });
  say("Signed in. Okta reported the use of the code to the app.");
}

function withCode(text: string, code: string | undefined): (string | HTMLElement)[] {
  const at = code === undefined ? -1 : text.indexOf(code);
  if (code === undefined || at < 0) return [text];
  return [text.slice(0, at), create("strong", code), text.slice(at + code.length)];
}

function drawCall(root: HTMLElement, message: MessageItem): void {
  const { text, code, language = "en", repetition = 1 } = message;
  write(
    root,
    "call-head",
    `Call in ${languageName(language)}${repetition > 1 ? `, read ${plural(repetition, "time")}` : ""}`,
  );
  const sentence = write(root, "text", text);
  sentence.lang = language;
  part(root, "digits").append(...Array.from(code ?? "", (digit) => create("span", digit)));
  part(root, "digits").ariaHidden = "true";
}
