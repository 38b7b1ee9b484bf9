import { useEffect, useRef, useState } from "preact/hooks";
import type { HookItem } from "../shown-items.ts";
import { renewed } from "../renewed.ts";
import { ask, numberOf, Refusal } from "./ask.ts";
import { indented } from "./json.tsx";
import { go } from "./route.ts";
import { say } from "./toast.ts";

/** Sends the request again, with the given body or with its own body and a later expiry. */
export async function sendAgain(n: number, body?: string): Promise<void> {
  const wish = body === undefined ? { n } : { n, body };
  const sent = numberOf(await ask("/sandbox/hooks/replay", wish));
  say("The request was sent again.");
  if (sent !== undefined) go(`#hook=${sent}`);
}

interface EditorProps {
  readonly hook: HookItem;
  readonly onClose: () => void;
}

export function Editor({ hook, onClose }: EditorProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [body, setBody] = useState(() => indented(renewed(hook)));
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  function send(): void {
    sendAgain(hook.n, body).then(onClose, (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      setWrong(error.message);
    });
  }

  return (
    <dialog class="editor" ref={dialog} aria-labelledby="editor-title" onClose={onClose}>
      <h2 id="editor-title">Edit and send</h2>
      <p class="note">The body as Okta sends it. The sandbox adds the hook secret.</p>
      <label>
        <span class="unseen">Body</span>
        <textarea
          spellcheck={false}
          rows={18}
          value={body}
          onInput={({ currentTarget }) => setBody(currentTarget.value)}
        />
      </label>
      <p class="wrong" role="alert">
        {wrong}
      </p>
      <p class="end">
        <button type="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" class="main" onClick={send}>
          Send
        </button>
      </p>
    </dialog>
  );
}
