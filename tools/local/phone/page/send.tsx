import { computed, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Offered } from "../protocol.ts";
import { ask } from "./ask.ts";
import { factsOf } from "./facts.ts";
import { Search } from "./search.tsx";
import { SendForm } from "./send-form.tsx";
import { app, hooks, messages } from "./store.ts";
import { msOf } from "./words.ts";

/** What happened to the newest request, or why the request was not sent. */
const says = signal<string | undefined>(undefined);
const n = signal(0);
const sent = computed(() => {
  const hook = hooks.value.get(n.value);
  return hook && factsOf(hook, messages.value.get(hook.message ?? 0));
});

async function post(path: string, body: object, about = "Sent."): Promise<void> {
  says.value = about;
  n.value = 0;
  try {
    n.value = (await ask<{ n: number }>(path, body)).n;
  } catch (error) {
    says.value = error instanceof Error ? error.message : String(error);
  }
}

export function Send() {
  return (
    <section class="view send" aria-labelledby="send-title">
      <div class="send-side">
        <SendForm onSend={(wish) => void post("/sandbox/hooks", wish)} />
        <Result />
      </div>
      <Outcomes />
    </section>
  );
}

function Result() {
  // Scroll to the result, because on a narrow screen the pressed button may be far below it.
  useEffect(() => {
    if (says.value !== undefined)
      document.getElementById("send-result")?.scrollIntoView({ block: "nearest" });
  }, [says.value, sent.value?.outcome]);
  return (
    <div
      id="send-result"
      class={says.value === undefined ? undefined : "box outcome"}
      role="status"
      data-tone={sent.value?.tone}
    >
      <p class="note">{says}</p>
      {sent.value && <Sent {...sent.value} />}
    </div>
  );
}

function Sent({ hook, says: words, outcome, other, recorded, end }: ReturnType<typeof factsOf>) {
  return (
    <>
      <p>
        <span class="says">{words}</span>{" "}
        <span class="note">{hook.answer && msOf(hook.answer.ms)}</span> <code>{outcome}</code>
      </p>
      {other && <p class="would">{other}</p>}
      {recorded && <p class="would">{recorded}</p>}
      {end && <p class="note">{end}</p>}
      <a href={`#hook=${hook.n}`}>See every step</a>
    </>
  );
}

const words = signal("");

function isFound({ name, says: about, outcome }: Offered): boolean {
  const wanted = words.value.toLowerCase().split(/\s+/);
  return wanted.every((word) => `${name} ${about} ${outcome}`.toLowerCase().includes(word));
}

function Outcomes() {
  const groups = app.value?.outcomes ?? [];
  const found = groups.map(({ title, offered }) => ({ title, offered: offered.filter(isFound) }));
  return (
    <div>
      <div class="outcomes-head">
        <h2>Or try an outcome</h2>
        <Search
          id="outcomes-filter"
          label="Filter the outcomes"
          placeholder="Filter: key, 429, receipt"
          words={words}
        />
      </div>
      <div class="outcomes">
        {found
          .filter(({ offered }) => offered.length > 0)
          .map(({ title, offered }) => (
            <div class="group" key={title}>
              <h3>{title}</h3>
              <p class="acts">
                {offered.map(({ id, name, says: about }) => (
                  <button
                    key={id}
                    type="button"
                    title={about}
                    onClick={() => void post("/sandbox/outcomes", { id }, about)}
                  >
                    {name}
                  </button>
                ))}
              </p>
            </div>
          ))}
      </div>
    </div>
  );
}
