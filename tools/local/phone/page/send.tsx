import { computed, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { OfferedOutcome, SendHook } from "../protocol.ts";
import { ask, numberOf, Refusal } from "./ask.ts";
import { SignIn } from "./bubble.tsx";
import { Code } from "./exchanges.tsx";
import { factsOf, type HookFacts } from "./hook-facts.ts";
import { Outcomes } from "./outcomes.tsx";
import { SendForm } from "./send-form.tsx";
import { hooks, messages } from "./store.ts";
import { msOf, oktaWords } from "./words.ts";

interface Result {
  readonly state: "none" | "sending" | "sent" | "failed" | "missing";
  /** What the request is about. */
  readonly says?: string;
  /** n of the sent request. */
  readonly n?: number | undefined;
  readonly why?: string;
  /** Nothing was sent, because the app needs settings that this command sets. */
  readonly command?: string;
}

/** Only the result of the last button is shown. */
const result = signal<Result>({ state: "none" });
const sent = computed(() => {
  if (result.value.state !== "sent") return undefined;
  const hook = hooks.find(result.value.n);
  return hook && factsOf(hook, messages.find(hook.message));
});

async function post(path: string, body: object, says = ""): Promise<void> {
  const sending: Result = { state: "sending", says };
  result.value = sending;
  const ended = await ask(path, body).then(
    (answer): Result => ({ state: "sent", says, n: numberOf(answer) }),
    (error: unknown): Result => {
      if (!(error instanceof Refusal)) throw error;
      return { state: "failed", why: error.message };
    },
  );
  if (result.value === sending) result.value = ended;
}

function tryOutcome({ id, says, missing }: OfferedOutcome): void {
  if (missing === "") void post("/sandbox/outcomes", { id }, says);
  else result.value = { state: "missing", command: `${missing} npm start` };
}

export function Send() {
  return (
    <section class="send" aria-labelledby="send-title">
      <div class="send-side">
        <SendForm onSend={(wish: SendHook) => void post("/sandbox/hooks", wish)} />
        <ResultBox />
      </div>
      <Outcomes onTry={tryOutcome} />
    </section>
  );
}

function ResultBox() {
  const { state } = result.value;
  // On a narrow screen, the pressed button may be far below.
  useEffect(() => {
    if (state !== "none")
      document.getElementById("send-result")?.scrollIntoView({ block: "nearest" });
  }, [result.value, sent.value?.hook.outcome]);
  return (
    <div
      id="send-result"
      class={state === "none" ? undefined : "outcome"}
      role="status"
      data-tone={sent.value?.tone}
    >
      <ResultWords />
    </div>
  );
}

function ResultWords() {
  const { state, says, why, command = "" } = result.value;
  switch (state) {
    case "none":
      return null;
    case "failed":
      return <p>{why}</p>;
    case "missing":
      return (
        <>
          <p>Nothing was sent. Stop npm start, then run:</p>
          <Code name="The command" text={command}>
            {command}
          </Code>
        </>
      );
    case "sending":
    case "sent":
      return (
        <>
          {says && <p class="note">{says}</p>}
          {sent.value === undefined ? <p>Sending…</p> : <Sent facts={sent.value} />}
        </>
      );
  }
}

function Sent({ facts }: { readonly facts: HookFacts }) {
  const { hook, message, says, recorded } = facts;
  const okta = oktaWords(hook);
  return (
    <>
      <p>
        <span class="says">{says}</span>{" "}
        <span class="note">{hook.answer && msOf(hook.answer.ms)}</span>{" "}
        <code>{[hook.outcome, hook.reason].filter(Boolean).join(" ")}</code>
      </p>
      {recorded && <p class="would">{recorded}</p>}
      {okta && <p class="note">{okta}</p>}
      {message?.used && <p class="note">The code was used, and the app knows it.</p>}
      <p class="acts">
        <a href={`#hook=${hook.n}`}>See every step</a>
        {message && <SignIn message={message}>{`Sign in with ${message.code}`}</SignIn>}
      </p>
    </>
  );
}
