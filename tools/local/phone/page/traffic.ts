import type { HookItem } from "../protocol.ts";
import { createDetail } from "./detail.ts";
import { ask } from "./ask.ts";
import { fromTemplate, onClick, part, write } from "./dom.ts";
import { isFresh } from "./fresh.ts";
import { createFilter, factsOf } from "./hook-facts.ts";
import { currentRoute, go, type Route } from "./route.ts";
import type { Store } from "./store.ts";
import { createPagedList } from "./paged-list.ts";
import { attempt } from "./toast.ts";
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

  function show(): void {
    const isFound = createFilter(filter.value);
    shown = store.hooks
      .filter((hook) => isFound(hook, store.message(hook.message ?? 0)))
      .toReversed();
    list.show(shown);
    const { length: all } = store.hooks;
    part(document, "count").textContent =
      filter.value.trim() === "" ? `${all}` : `${shown.length} of ${all}`;
    showEmpty(all);
    const active = chosen !== undefined && document.getElementById(`row-${chosen}`) !== null;
    if (active) listbox.setAttribute("aria-activedescendant", `row-${chosen}`);
    else listbox.removeAttribute("aria-activedescendant");
    detail.show(chosen);
  }

  function showEmpty(all: number): void {
    part(document, "traffic-empty").hidden = shown.length > 0;
    listbox.hidden = shown.length === 0;
    write(
      document,
      "traffic-empty-title",
      all === 0 ? "No hook yet." : "No hook has all these words.",
    );
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
  onClick(document, "clear", () => attempt(() => ask("/sandbox/clear", {})));
  document.addEventListener("keydown", (event) => {
    const writes =
      event.target instanceof Element && event.target.matches("input, select, textarea");
    if (event.key !== "/" || writes || document.querySelector("dialog[open]") !== null) return;
    event.preventDefault();
    go("#traffic");
    filter.focus();
  });
  store.onChange(show);

  return (route) => {
    chosen = route.view === "traffic" ? route.hook : chosen;
    document.body.classList.toggle(
      "one-hook",
      chosen !== undefined && currentRoute().view === "traffic",
    );
    show();
    const hook = shown.find(({ n }) => n === chosen);
    if (hook !== undefined) list.reveal(hook);
    show();
  };
}

function drawRow(hook: HookItem, chosen: boolean): HTMLElement {
  const row = fromTemplate("row");
  row.id = `row-${hook.n}`;
  row.dataset["tone"] = toneOf(hook);
  row.classList.toggle("fresh", isFresh(hook.at));
  row.ariaSelected = String(chosen);
  write(row, "outcome", outcomeOf(hook));
  const { recorded, line, ms } = factsOf(hook);
  write(row, "reason", hook.reason);
  write(row, "recorded", recorded && `would refuse: ${recorded}`);
  write(row, "second", line);
  write(row, "ms", ms);
  // What is too long for its line is read here.
  for (const text of row.querySelectorAll<HTMLElement>(".first, .second"))
    text.title = text.textContent;

  write(row, "time", timeOf(hook.at));
  return row;
}
