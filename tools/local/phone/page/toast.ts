import { signal } from "@preact/signals";

const shownForMs = 4_000;
let timer = 0;

/** A short message in the bar, which screen readers announce. Empty if there is no message. */
export const toast = signal("");

export function say(sentence: string): void {
  toast.value = sentence;
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    toast.value = "";
  }, shownForMs);
}

export function attempt(act: () => Promise<unknown>): void {
  act().catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
  });
}

export async function copy(text: string, done: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  say(done);
}
