import { computed, signal, useSignalEffect } from "@preact/signals";
import type { TargetedKeyboardEvent } from "preact";
import { useEffect } from "preact/hooks";
import type { AppHost } from "../protocol.ts";
import { ask } from "./ask.ts";
import { Detail } from "./detail.tsx";
import { createFilter, factsOf, type HookFacts } from "./hook-facts.ts";
import { filter, go, route } from "./route.ts";
import { hooks, messages } from "./store.ts";
import { attempt } from "./toast.ts";
import { msOf, plural, timeOf } from "./words.ts";

/** The newest requests that the list shows. The filter searches all. */
const shownRequests = 300;

const all = computed(() =>
  hooks.items.value.map((hook) => factsOf(hook, messages.find(hook.message))).toReversed(),
);
const found = computed(() => all.value.filter(createFilter(filter.value)));
const shown = computed(() => found.value.slice(0, shownRequests));
/** The request in the address. If there is none, the newest request. */
const chosen = computed(() => route.value.hook ?? shown.value[0]?.hook.n);
/** The request beside the list. A filter does not hide it. */
const detailed = computed(() => all.value.find(({ hook }) => hook.n === chosen.value));

export function Traffic() {
  useSignalEffect(() => {
    if (route.value.hook !== undefined)
      document.getElementById(`row-${route.value.hook}`)?.scrollIntoView({ block: "nearest" });
  });
  return (
    <section class="traffic" aria-labelledby="traffic-title">
      <div class="list-side">
        <h2 id="traffic-title" class="unseen">
          Traffic
        </h2>
        <Tools />
        <div class="rows">
          {shown.value.length === 0 ? <NothingFound /> : <List />}
          {found.value.length > shownRequests && (
            <p class="note">
              These are the newest {shownRequests}. The filter searches all requests.
            </p>
          )}
        </div>
      </div>
      {all.value.length > 0 && (
        <div class="detail-side" tabIndex={-1} role="region" aria-label="One request">
          {detailed.value === undefined ? (
            <div class="empty">
              <p>
                <strong>Request {chosen.value} does not exist, or was deleted</strong>
              </p>
              <p>
                <a href="#traffic">Show the newest request</a>
              </p>
            </div>
          ) : (
            <Detail key={detailed.value.hook.n} facts={detailed.value} />
          )}
        </div>
      )}
    </section>
  );
}

function Tools() {
  const count = all.value.length;
  const isEmpty = count === 0 && messages.items.value.length === 0;
  return (
    <div class="tools">
      <label class="filter">
        <span class="unseen">Filter</span>
        <input
          id="filter"
          type="search"
          placeholder="Filter: refused, US, 503"
          aria-keyshortcuts="/"
          autocomplete="off"
          spellcheck={false}
          value={filter}
          onInput={({ currentTarget }) => (filter.value = currentTarget.value)}
        />
      </label>
      <span class="count" role="status">
        {filter.value.trim() === ""
          ? plural(count, "request")
          : `${found.value.length.toLocaleString()} of ${count.toLocaleString()}`}
      </span>
      <button
        type="button"
        class="quiet"
        disabled={isEmpty}
        onClick={() => attempt(() => ask("/sandbox/clear", {}))}
      >
        Clear
      </button>
    </div>
  );
}

const host = signal<AppHost | "none">("local");
const howToSend = {
  local:
    "Send a code here, paste the curl that npm start prints, or let a preview org of Okta call. The request appears at once.",
  func: "Send a code here. The page does not see requests from elsewhere, only their messages.",
  none: "npm start runs no app. To send a code to your app, run: OKTA_HOOK_SECRET=… npm run hook",
} as const;

function NothingFound() {
  useEffect(() => {
    attempt(async () => {
      host.value = ((await ask("/sandbox/app")) as { host: AppHost | "none" }).host;
    });
  }, []);
  if (all.value.length === 0)
    return (
      <div class="empty">
        <p>
          <strong>No request yet</strong>
        </p>
        <p>{howToSend[host.value]}</p>
        {host.value !== "none" && (
          <a class="button main" href="#send">
            Send a code
          </a>
        )}
      </div>
    );
  return (
    <div class="empty">
      <p>
        <strong>No request has all these words</strong>
      </p>
      <p>The list has {plural(all.value.length, "request")} without the filter.</p>
      <button
        type="button"
        onClick={() => {
          filter.value = "";
          document.getElementById("filter")?.focus();
        }}
      >
        Clear the filter
      </button>
    </div>
  );
}

function List() {
  return (
    <div
      id="requests"
      role="listbox"
      aria-label="Requests, newest first"
      aria-activedescendant={`row-${chosen.value}`}
      tabIndex={0}
      onKeyDown={onKey}
    >
      {shown.value.map((facts) => (
        <Row key={facts.hook.n} facts={facts} isChosen={facts.hook.n === chosen.value} />
      ))}
    </div>
  );
}

function Row({ facts, isChosen }: { readonly facts: HookFacts; readonly isChosen: boolean }) {
  const { hook, title, channel, tone, row } = facts;
  return (
    <div
      class="row"
      role="option"
      id={`row-${hook.n}`}
      data-tone={tone}
      aria-selected={isChosen}
      onClick={() => choose(facts)}
    >
      <span class="title">
        <b>{title}</b> {channel}
      </span>
      <time>{timeOf(hook.at)}</time>
      <span class="says" title={row}>
        {row}
      </span>
      <span class="ms">{hook.answer && msOf(hook.answer.ms)}</span>
    </div>
  );
}

function choose(facts: HookFacts | undefined): void {
  if (facts === undefined) return;
  go(`#hook=${facts.hook.n}`, true);
  document.getElementById("requests")?.focus({ preventScroll: true });
}

function onKey(event: TargetedKeyboardEvent<HTMLElement>): void {
  const rows = shown.value;
  const at = rows.findIndex(({ hook }) => hook.n === chosen.value);
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => choose(rows[Math.min(at + 1, rows.length - 1)]),
    ArrowUp: () => choose(rows[Math.max(at - 1, 0)]),
    Home: () => choose(rows[0]),
    End: () => choose(rows.at(-1)),
    Enter() {
      choose(rows[Math.max(at, 0)]);
      document.querySelector<HTMLElement>(".detail-side")?.focus();
    },
  };
  const act = keys[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
}
