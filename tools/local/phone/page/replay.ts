import { ask, numberOf, Refusal } from "./ask.ts";
import { part } from "./dom.ts";
import { indented } from "./json.ts";
import { go } from "./route.ts";
import { say } from "./toast.ts";

/** The same hook once more, as a hook of its own. */
export async function sendAgain(n: number, body?: string): Promise<void> {
  const sent = numberOf(
    await ask("/sandbox/hooks/replay", body === undefined ? { n } : { n, body }),
  );
  say("Sent again.");
  if (sent !== undefined) go(`#hook=${sent}`);
}

let edited: number | undefined;

export function editAndSend(n: number, body: string): void {
  edited = n;
  part(document, "editor-body", HTMLTextAreaElement).value = indented(body);
  part(document, "editor-wrong").textContent = "";
  part(document, "editor", HTMLDialogElement).showModal();
}

export function startEditor(): void {
  const editor = part(document, "editor", HTMLDialogElement);
  part(document, "editor-cancel").addEventListener("click", () => {
    editor.close();
  });
  part(document, "editor-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (edited === undefined) return;
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
