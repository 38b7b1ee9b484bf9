import { computed, useComputed, useSignalEffect } from "@preact/signals";
import { ask } from "./ask.ts";
import { Detail } from "./detail.tsx";
import { createFilter, factsOf, type Facts } from "./facts.ts";
import { messageNames } from "../channels.ts";
import { filter, replaceRoute, route } from "./route.ts";
import { Search } from "./search.tsx";
import { app, hooks, messages } from "./store.ts";
import { attempt } from "./toast.ts";
import { msOf, plural, timeOf } from "./words.ts";
import { commandLine } from "../../../command-line.ts";

const all = computed(() =>
  [...hooks.value.values()]
    .map((hook) => factsOf(hook, messages.value.get(hook.message ?? 0)))
    .toReversed(),
);
const shown = computed(
  () => new Set(all.value.filter(createFilter(filter.value)).map(({ hook }) => hook.n)),
);
const chosen = computed(() => route.value.hook ?? [...shown.value][0]);
/** The request beside the list. A filter does not hide it. */
const detailed = computed(() => all.value.find(({ hook }) => hook.n === chosen.value));

export function Traffic() {
  useSignalEffect(() => {
    document.getElementById(`row-${route.value.hook}`)?.scrollIntoView({ block: "nearest" });
  });
  if (all.value.length === 0) return <NoRequest />;
  return (
    <section class="traffic" aria-labelledby="traffic-title">
      <div class="list-side">
        <h2 id="traffic-title" class="unseen">
          Traffic
        </h2>
        <Tools />
        <List />
      </div>
      <Chosen />
    </section>
  );
}

function List() {
  return (
    <div class="rows" role="radiogroup" aria-label="Requests, newest first">
      {all.value.map((facts) => (
        <Row key={facts.hook.n} facts={facts} />
      ))}
      <Nothing />
    </div>
  );
}

function Nothing() {
  if (shown.value.size > 0) return null;
  return (
    <p class="empty">
      <strong>No request has all these words</strong>
    </p>
  );
}

function Chosen() {
  return (
    <div class="detail-side" role="region" aria-label="One request">
      {detailed.value === undefined ? (
        <p class="empty">
          <strong>Request {chosen.value} does not exist, or was deleted</strong>
          <a href="#traffic">Show the newest request</a>
        </p>
      ) : (
        <Detail key={detailed.value.hook.n} facts={detailed.value} />
      )}
    </div>
  );
}

function Tools() {
  const count = all.value.length;
  return (
    <div class="tools">
      <Search id="filter" label="Filter" placeholder="Filter: refused, US, 503" words={filter} />
      <span class="count" role="status">
        {filter.value.trim() === "" ? plural(count, "request") : `${shown.value.size} of ${count}`}
      </span>
      <button type="button" class="quiet" onClick={() => attempt(() => ask("/sandbox/clear", {}))}>
        Clear
      </button>
    </div>
  );
}

const howToSend = {
  local:
    "Send a code on this page, run the curl command in the app's terminal, or connect a preview org of Okta. The request appears here at once.",
  func: "Send a code here. For requests from elsewhere, the page shows only the messages.",
  none: `No app runs here. To send a code to your app, run: OKTA_HOOK_SECRET=… ${commandLine("hook")}`,
} as const;

function NoRequest() {
  const { host } = app.value ?? {};
  return (
    <section class="empty" aria-labelledby="empty-title">
      <h2 id="empty-title">No request yet</h2>
      <p>{host && howToSend[host]}</p>
      {host !== "none" && (
        <a class="button main" href="#send">
          Send a code
        </a>
      )}
    </section>
  );
}

function Row({ facts }: { readonly facts: Facts }) {
  const { hook, title, tone, row } = facts;
  const { n, at, read, answer } = hook;
  // With signals, 300 rows change as fast as a person types. Drawing all rows again is slower.
  const hidden = useComputed(() => !shown.value.has(n));
  const checked = useComputed(() => n === chosen.value);
  return (
    <label class="row" id={`row-${n}`} data-tone={tone} hidden={hidden}>
      {/* Use onClick, because a click on the request that is checked at first causes no onChange. */}
      <input
        type="radio"
        name="request"
        class="unseen"
        checked={checked}
        onClick={() => replaceRoute(`#hook=${n}`)}
      />
      <span class="title">
        <b>{title}</b> {read.channel && messageNames[read.channel]}
      </span>
      <time>{timeOf(at)}</time>
      <span class="says" title={row}>
        {row}
      </span>
      <span class="ms">{answer && msOf(answer.ms)}</span>
    </label>
  );
}
