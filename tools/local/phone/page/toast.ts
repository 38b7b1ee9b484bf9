import { part } from "./dom.ts";
import { Refusal } from "./ask.ts";

const shownForMs = 4_000;
let timer = 0;

/** Shows a short message at the foot of the page, also to screen readers. */
export function say(sentence: string): void {
  const toast = part(document, "toast");
  toast.textContent = sentence;
  toast.classList.add("shown");
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    toast.classList.remove("shown");
  }, shownForMs);
}

/** Runs a button's action. If the action throws a Refusal, shows its message. */
export function attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
  return act().catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    say(error.message);
    return undefined;
  });
}

export function copy(text: string, done: string): Promise<void> {
  return navigator.clipboard.writeText(text).then(
    () => {
      say(done);
    },
    () => {
      say("The browser did not allow the page to copy. Select the text and copy it yourself.");
    },
  );
}
