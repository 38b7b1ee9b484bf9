import { useState } from "preact/hooks";
import type { HookItem } from "../shown-items.ts";
import { askText } from "./ask.ts";
import { Editor, sendAgain } from "./editor.tsx";
import { Exchanges } from "./exchanges.tsx";
import type { HookFacts } from "./hook-facts.ts";
import { attempt, copy } from "./toast.ts";
import { Waterfall } from "./waterfall.tsx";
import { endWords, timeOf } from "./words.ts";

/** All details of one hook request. They change as reports arrive. */
export function Detail({ facts }: { readonly facts: HookFacts }) {
  const { hook, message, title, tone, says, recorded } = facts;
  const { at, outcome, reason, country, locale, from } = hook;
  const source = from === "page" ? "sent from this page" : "came from outside";
  const end = endWords(hook, message);
  return (
    <article class="hook" data-tone={tone}>
      <header>
        <a class="back" href="#traffic">
          ← All requests
        </a>
        <h2 class="says">{says}</h2>
        <p class="note">
          {[title, country, locale, timeOf(at), source].filter(Boolean).join(" · ")} ·{" "}
          <code>{[outcome, reason].filter(Boolean).join(" ")}</code>
        </p>
        {recorded && <p class="would">{recorded}</p>}
        <Actions hook={hook} />
      </header>
      {end && <p class="okta">{end}</p>}
      <Waterfall hook={hook} />
      <Exchanges hook={hook} />
      {hook.event && <EventBox event={hook.event} />}
    </article>
  );
}

function Actions({ hook }: { readonly hook: HookItem }) {
  const [edits, setEdits] = useState(false);
  const { n, message } = hook;
  const copyCurl = async () =>
    copy(
      await askText(`/sandbox/hooks/${n}/curl`),
      "The command is copied. Set OKTA_HOOK_SECRET before you run it.",
    );
  return (
    <p class="acts">
      <button type="button" onClick={() => attempt(() => sendAgain(n))}>
        Send again
      </button>
      <button type="button" onClick={() => setEdits(true)}>
        Edit and send
      </button>
      <button type="button" onClick={() => attempt(copyCurl)}>
        Copy as curl
      </button>
      <button
        type="button"
        onClick={() => copy(JSON.stringify(hook, null, 2), "The request is copied.")}
      >
        Copy as JSON
      </button>
      {message !== undefined && <a href={`#m=${message}`}>On the phone</a>}
      {edits && <Editor hook={hook} onClose={() => setEdits(false)} />}
    </p>
  );
}

function EventBox({ event }: { readonly event: NonNullable<HookItem["event"]> }) {
  return (
    <details>
      <summary>The app's own event</summary>
      <dl class="pairs">
        {Object.entries(event).map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{`${value}`}</dd>
          </>
        ))}
      </dl>
    </details>
  );
}
