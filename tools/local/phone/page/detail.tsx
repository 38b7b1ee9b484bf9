import { useState } from "preact/hooks";
import type { HookItem } from "../protocol.ts";
import { renewed } from "../renewed.ts";
import { ask } from "./ask.ts";
import { Exchanges } from "./exchanges.tsx";
import type { Facts } from "./facts.ts";
import { indented } from "./code.tsx";
import { attempt, say } from "./toast.ts";
import { Waterfall } from "./waterfall.tsx";
import { timeOf } from "./words.ts";

export function Detail({ facts }: { readonly facts: Facts }) {
  const { hook, title, tone, says, outcome, other, recorded, end } = facts;
  const { n, at, read, event } = hook;
  return (
    <article class="hook" data-tone={tone}>
      <header>
        <a class="back" href="#traffic">
          ← All requests
        </a>
        <h2 class="says">{says}</h2>
        <p class="note">
          {[title, event?.["country"], read.locale, timeOf(at)].filter(Boolean).join(" · ")} ·{" "}
          <code>{outcome}</code>
        </p>
        {other && <p class="would">{other}</p>}
        {recorded && <p class="would">{recorded}</p>}
        <p class="acts">
          <button type="button" onClick={() => sendAgain(n)}>
            Send again
          </button>
          {hook.okta !== undefined && hook.okta !== "successful" && (
            <button type="button" onClick={() => fallBack(n)}>
              Okta sends the code itself
            </button>
          )}
        </p>
      </header>
      {end && <p class="box">{end}</p>}
      <Waterfall hook={hook} />
      <div>
        <Editor hook={hook} />
        <Exchanges hook={hook} />
      </div>
    </article>
  );
}

function fallBack(n: number): void {
  attempt(async () => {
    await ask("/sandbox/fallback", { n });
    say("Okta reported to the app that its own provider sent the code.");
  });
}

/** Sends the request again. Without `body`, the server sends the first body with a later expiry. */
function sendAgain(n: number, body?: string): void {
  attempt(async () => {
    const sent = await ask<{ n: number }>("/sandbox/hooks/replay", { n, body });
    say("The request was sent again.");
    location.hash = `#hook=${sent.n}`;
  });
}

function Editor({ hook }: { readonly hook: HookItem }) {
  const [edited, setEdited] = useState<string>();
  const body = edited ?? indented(renewed(hook));
  return (
    <details>
      <summary>Edit and send</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sendAgain(hook.n, body);
        }}
      >
        <label>
          The body as Okta sends it. The sandbox adds the hook secret.
          <textarea
            spellcheck={false}
            rows={18}
            value={body}
            onInput={({ currentTarget }) => setEdited(currentTarget.value)}
          />
        </label>
        <button type="submit" class="main">
          Send
        </button>
      </form>
    </details>
  );
}
