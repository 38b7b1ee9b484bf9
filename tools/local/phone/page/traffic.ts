import type { HookItem } from "../protocol.ts";
import { createDetail } from "./detail.ts";
import { ask } from "./ask.ts";
import { fromTemplate, onClick, part, write } from "./dom.ts";
import { isFresh } from "./fresh.ts";
import { createFilter, factsOf } from "./hook-facts.ts";
import { filterInAddress, go, keepFilter, type Route } from "./route.ts";
import type { Store } from "./store.ts";
import { createPagedList } from "./paged-list.ts";
import { attempt } from "./toast.ts";
import { msOf, plural, timeOf } from "./words.ts";

export function startTraffic(store: Store): (route: Route) => void {
  const filter = part(document, "filter", HTMLInputElement);
  const listbox = part(document, "row-list");
  const detail = createDetail(store);
  let shown: readonly HookItem[] = [];
  /** n of the request in the address. If there is none, the newest request is chosen. */
  let wanted: number | undefined;
  /** n of the request to scroll to when it arrives. */
  let revealed: number | undefined;

  const chosen = (): number | undefined => wanted ?? shown[0]?.n;
  const messageOf = (hook: HookItem) => store.message(hook.message ?? 0);

  const list = createPagedList<HookItem>({
    scroller: part(document, "rows"),
    list: listbox,
    newestAt: "top",
    older: part(document, "rows-older"),
    newest: part(document, "rows-newest"),
    keyOf: ({ n }) => n,
    versionOf: (hook) => `${hook.seq} ${messageOf(hook)?.seq} ${hook.n === chosen()}`,
    draw: (hook) => drawRow(hook, hook.n === chosen()),
  });

  function show(): void {
    const isFound = createFilter(filter.value);
    shown = store.hooks.filter((hook) => isFound(hook, messageOf(hook))).toReversed();
    const n = chosen();
    // Draw the list last, because scrolling the list makes the browser compute the layout.
    detail.show(n);
    showCount();
    list.show(shown);
    const hook = shown.find(({ n }) => n === revealed);
    if (hook !== undefined) {
      revealed = undefined;
      list.reveal(hook);
    }
    const active = document.getElementById(`row-${n}`) !== null;
    if (active) listbox.setAttribute("aria-activedescendant", `row-${n}`);
    else listbox.removeAttribute("aria-activedescendant");
  }

  function showCount(): void {
    const { length: all } = store.hooks;
    part(document, "count").textContent =
      filter.value.trim() === ""
        ? plural(all, "request")
        : `${shown.length.toLocaleString()} of ${all.toLocaleString()}`;
    const isEmpty = all === 0 && store.messages.length === 0;
    part(document, "clear", HTMLButtonElement).disabled = isEmpty;
    const download = part(document, "traffic-download");
    download.ariaDisabled = `${isEmpty}`;
    // A link without an address can be neither clicked nor focused.
    if (isEmpty) download.removeAttribute("href");
    else download.setAttribute("href", "/sandbox/traffic");
    showEmpty(all);
  }

  function showEmpty(all: number): void {
    part(document, "traffic-empty").hidden = shown.length > 0;
    listbox.hidden = shown.length === 0;
    const isFirst = all === 0;
    const title = isFirst ? "No request yet" : "No request has all these words";
    write(document, "traffic-empty-title", title);
    write(
      document,
      "traffic-empty-why",
      isFirst
        ? "Send a code here, paste the curl that npm start prints, or let a preview org of Okta call. The request appears at once."
        : `The list has ${plural(all, "request")} without the filter.`,
    );
    part(document, "traffic-empty-send").hidden = !isFirst;
    part(document, "filter-off").hidden = isFirst;
  }

  function choose(hook: HookItem | undefined): void {
    if (hook === undefined) return;
    go(`#hook=${hook.n}`, true);
    listbox.focus({ preventScroll: true });
  }

  function applyFilter(): void {
    keepFilter(filter.value.trim());
    show();
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
    else if (event.key === "Enter") {
      choose(shown.find(({ n }) => n === chosen()));
      part(document, "detail-side").focus();
    } else return;
    event.preventDefault();
  });

  /** Chooses the next older request (1) or the next newer request (-1). */
  function step(by: 1 | -1): void {
    const at = shown.findIndex(({ n }) => n === chosen());
    choose(at < 0 ? shown[0] : shown[Math.min(Math.max(at + by, 0), shown.length - 1)]);
  }

  filter.value = filterInAddress();
  filter.addEventListener("input", applyFilter);
  onClick(document, "filter-off", () => {
    filter.value = "";
    applyFilter();
    filter.focus();
  });
  onClick(document, "clear", () => attempt(() => ask("/sandbox/clear", {})));
  store.onChange(show);

  return (route) => {
    if (route.view === "traffic") wanted = revealed = route.hook;
    document.body.classList.toggle("one-hook", route.hook !== undefined);
    show();
  };

  function drawRow(hook: HookItem, isChosen: boolean): HTMLElement {
    const row = fromTemplate("row");
    const { title, tone, says, then } = factsOf(hook, messageOf(hook));
    row.id = `row-${hook.n}`;
    row.dataset["tone"] = tone;
    row.classList.toggle("fresh", isFresh(hook.at));
    row.ariaSelected = String(isChosen);
    write(row, "title", title);
    write(row, "says", says);
    write(row, "then", then);
    write(row, "ms", hook.answer && msOf(hook.answer.ms));
    write(row, "time", timeOf(hook.at));
    return row;
  }
}
