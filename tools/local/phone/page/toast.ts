import { signal } from "@preact/signals";
import { Refusal } from "./ask.ts";

const shownForMs = 4_000;
let timer = 0;

/** A short message in the bar, also for screen readers. Empty if there is none. */
export const toast = signal("");

export function say(sentence: string): void {
  toast.value = sentence;
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    toast.value = "";
  }, shownForMs);
}

/** Runs a button's action. If the action throws a Refusal, shows its message. */
export function attempt(act: () => Promise<unknown>): void {
  act().catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    say(error.message);
  });
}

export function copy(text: string, done: string): void {
  navigator.clipboard.writeText(text).then(
    () => {
      say(done);
    },
    () => {
      say("The browser did not allow the page to copy. Select the text and copy it yourself.");
    },
  );
}
