import type { HookItem } from "../protocol.ts";
import { renewed } from "../renewed.ts";
import { ask, numberOf, Refusal } from "./ask.ts";
import { onClick, part } from "./dom.ts";
import { indented } from "./json.ts";
import { go } from "./route.ts";
import { say } from "./toast.ts";

export async function sendAgain(n: number, body?: string): Promise<void> {
  const sent = numberOf(
    await ask("/sandbox/hooks/replay", body === undefined ? { n } : { n, body }),
  );
  say("The request was sent again.");
  if (sent !== undefined) go(`#hook=${sent}`);
}

let edited = 0;

export function editAndSend(hook: HookItem): void {
  edited = hook.n;
  part(document, "editor-body", HTMLTextAreaElement).value = indented(renewed(hook));
  part(document, "editor-wrong").textContent = "";
  part(document, "editor", HTMLDialogElement).showModal();
}

export function startEditor(): void {
  const editor = part(document, "editor", HTMLDialogElement);
  onClick(document, "editor-cancel", () => {
    editor.close();
  });
  part(document, "editor-form").addEventListener("submit", (event) => {
    event.preventDefault();
    sendAgain(edited, part(document, "editor-body", HTMLTextAreaElement).value).then(
      () => {
        editor.close();
      },
      (error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        part(document, "editor-wrong").textContent = error.message;
      },
    );
  });
}
