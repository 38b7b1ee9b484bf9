import { computed, signal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { messageNames } from "../channels.ts";
import type { MessageItem } from "../protocol.ts";
import { ask } from "./ask.ts";
import { isLost, receiptState } from "./facts.ts";
import { route } from "./route.ts";
import { Search } from "./search.tsx";
import { hooks, messages } from "./store.ts";
import { attempt, copy, say } from "./toast.ts";
import { capitalized, languageName, providerNames, timeOf } from "./words.ts";

const number = signal("");
const digits = computed(() => number.value.replace(/[^\d+]/g, ""));
const shown = computed(() =>
  [...messages.value.values()].filter(({ to }) => to.includes(digits.value)),
);
const newest = computed(() => shown.value.at(-1)?.n);
const chosen = computed(() => hooks.value.get(route.value.hook ?? 0)?.message);

export function Phone() {
  const bubbles = useRef<HTMLDivElement>(null);

  useSignalEffect(() => {
    if (newest.value === undefined) return;
    requestAnimationFrame(() => bubbles.current?.scrollTo({ top: bubbles.current.scrollHeight }));
  });
  useSignalEffect(() => {
    const id = `message-${chosen.value}`;
    requestAnimationFrame(() => document.getElementById(id)?.scrollIntoView({ block: "nearest" }));
  });

  return (
    <section class="phone" aria-labelledby="phone-title">
      <h2 id="phone-title" class="unseen">
        Phone
      </h2>
      <div class="device">
        <div class="screen">
          <div class="contact">
            <Search id="number" label="Number" placeholder="All numbers" words={number} />
          </div>
          <div class="bubbles" ref={bubbles} tabIndex={0} role="log" aria-label="Messages">
            {shown.value.map((message) => (
              <Bubble key={message.n} message={message} />
            ))}
            {shown.value.length === 0 && (
              <p class="empty">
                <strong>No message yet</strong>
                {digits.value === ""
                  ? "Every SMS and call that 8x8 would deliver appears here."
                  : `No message went to a number that contains ${digits.value}.`}
              </p>
            )}
          </div>
          <div class="home" aria-hidden="true" />
        </div>
      </div>
    </section>
  );
}

/** Hides the text of a message that did not arrive. */
function Bubble({ message }: { readonly message: MessageItem }) {
  const { n, channel, to, from, code, hook, at, used, receipt, by } = message;
  const lost = isLost(message);
  const classes = ["message", channel, lost && "lost", n === chosen.value && "chosen"];
  return (
    <article id={`message-${n}`} class={classes.filter(Boolean).join(" ")}>
      <p class="to">{from === undefined ? to : `${to} · from ${from}`}</p>
      <div class="bubble">
        {lost ? <p>The {messageNames[channel]} did not arrive.</p> : <Words message={message} />}
      </div>
      <p class="under">
        <span>{timeOf(at)}</span>
        {by && <span>Sent by {providerNames[by]}</span>}
        {receipt && <span class="receipt">{capitalized(receiptState(message))}</span>}
        {used && <span class="used">Used {timeOf(used)}</span>}
        {message.onlyInMemory && <span>Not in the table</span>}
      </p>
      <p class="acts">
        {code !== undefined && !lost && (
          <button type="button" onClick={() => attempt(() => copy(code, "The code is copied."))}>
            Copy code
          </button>
        )}
        {code !== undefined && !lost && used === undefined && (
          <button
            type="button"
            aria-label={`Sign in with the code ${code}`}
            onClick={() => attempt(() => signIn(n))}
          >
            Sign in
          </button>
        )}
        {hook !== undefined && <a href={`#hook=${hook}`}>Request</a>}
      </p>
    </article>
  );
}

function Words({ message }: { readonly message: MessageItem }) {
  const { channel, text, code = "", language = "en" } = message;
  if (channel === "voice")
    return (
      <>
        <p class="call-head">Call in {languageName(language)}</p>
        <p lang={language}>{text}</p>
      </>
    );
  const [before, ...after] = code === "" ? [text] : text.split(code);
  return (
    <p class="text">
      {before}
      {after.length > 0 && <strong>{code}</strong>}
      {after.join(code)}
    </p>
  );
}

async function signIn(message: number): Promise<void> {
  await ask("/sandbox/sign-in", { message });
  say("Signed in. Okta reported to the app that the code was used.");
}
