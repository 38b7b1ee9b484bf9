import { messageNames } from "../channels.ts";
import type { HookItem } from "../protocol.ts";
import { createDetail } from "./detail.ts";
import { fromTemplate, part, write } from "./dom.ts";
import { isFresh } from "./fresh.ts";
import { factsOf, isFound } from "./hook-facts.ts";
import { currentRoute, go, type Route } from "./route.ts";
import type { Store } from "./store.ts";
import { createPagedList } from "./paged-list.ts";
import { outcomeOf, timeOf, toneOf } from "./words.ts";

export function startTraffic(store: Store): (route: Route) => void {
  const filter = part(document, "filter", HTMLInputElement);
  const listbox = part(document, "row-list");
  const detail = createDetail(store);
  let shown: readonly HookItem[] = [];
  let chosen: number | undefined;

  const list = createPagedList<HookItem>({
    scroller: part(document, "rows"),
    list: listbox,
    newestAt: "top",
    older: part(document, "rows-older"),
    newest: part(document, "rows-newest"),
    keyOf: ({ n }) => n,
    versionOf: ({ n, seq }) => `${seq} ${n === chosen}`,
    draw: (hook) => drawRow(hook, hook.n === chosen),
  });

  const textOf = ({ message }: HookItem) => (message === undefined ? undefined : store.message(message)?.text);

  function show(): void {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = words.length === 0 ? store.hooks : store.hooks.filter((hook) => isFound(hook, textOf(hook), words));
    shown = found.toReversed();
    list.show(shown);
    const { length: all } = store.hooks;
    part(document, "count").textContent = words.length === 0 ? `${all}` : `${shown.length} of ${all}`;
    showEmpty(all);
    const active = chosen !== undefined && document.getElementById(`row-${chosen}`) !== null;
    if (active) listbox.setAttribute("aria-activedescendant", `row-${chosen}`);
    else listbox.removeAttribute("aria-activedescendant");
    detail.show(chosen);
  }

  function showEmpty(all: number): void {
    part(document, "traffic-empty").hidden = shown.length > 0;
    listbox.hidden = shown.length === 0;
    write(document, "traffic-empty-title", all === 0 ? "No hook yet." : "No hook has all these words.");
    write(
      document,
      "traffic-empty-why",
      all === 0
        ? "Send one here, paste the curl that npm start prints, or let a preview org of Okta call. It appears at once."
        : `There are ${all} without the filter.`,
    );
  }

  function choose(hook: HookItem | undefined): void {
    if (hook === undefined) return;
    go(`#hook=${hook.n}`, true);
    listbox.focus({ preventScroll: true });
  }

  listbox.addEventListener("click", ({ target }) => {
    const row = target instanceof Element ? target.closest(".row") : null;
    choose(store.hook(Number(row?.id.slice("row-".length))));
  });
  listbox.addEventListener("keydown", (event) => {
    const steps: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1 };
    const by = steps[event.key];
    if (by !== undefined) step(by);
    else if (event.key === "Home") choose(shown[0]);
    else if (event.key === "End") choose(shown.at(-1));
    else if (event.key === "Enter") part(document, "detail-side").focus();
    else return;
    event.preventDefault();
  });

  /** To the next older hook (1) or the next newer one (-1). */
  function step(by: 1 | -1): void {
    const at = shown.findIndex(({ n }) => n === chosen);
    choose(at < 0 ? shown[0] : shown[Math.min(Math.max(at + by, 0), shown.length - 1)]);
  }

  filter.addEventListener("input", show);
  store.onChange(show);

  return (route) => {
    chosen = route.view === "traffic" ? route.hook : chosen;
    document.body.classList.toggle("one-hook", chosen !== undefined && currentRoute().view === "traffic");
    show();
    const hook = shown.find(({ n }) => n === chosen);
    if (hook !== undefined) list.reveal(hook);
    show();
  };
}

function drawRow(hook: HookItem, chosen: boolean): HTMLElement {
  const row = fromTemplate("row");
  const { reason, channel, country, event } = hook;
  row.id = `row-${hook.n}`;
  row.dataset["tone"] = toneOf(hook);
  row.classList.toggle("fresh", isFresh(hook.at));
  row.ariaSelected = String(chosen);
  write(row, "outcome", outcomeOf(hook));
  const recorded = event?.["guardReason"] ?? event?.["recordedReason"];
  write(row, "reason", reason);
  write(row, "recorded", reason !== undefined || recorded === undefined ? undefined : `would refuse: ${recorded}`);
  const { number, ms, replies } = factsOf(hook);
  write(row, "second", [channel && messageNames[channel], country, number, replies].filter(Boolean).join(" · "));
  write(row, "ms", ms);
  write(row, "time", timeOf(hook.at));
  return row;
}
