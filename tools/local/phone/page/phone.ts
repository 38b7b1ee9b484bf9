import type { MessageItem } from "../protocol.ts";
import { drawMessage } from "./bubble.ts";
import { part, write } from "./dom.ts";
import type { Route } from "./route.ts";
import type { Store } from "./store.ts";
import { createPagedList } from "./paged-list.ts";
import { spokenNews, timeOf } from "./words.ts";

/** Number of recent phone numbers that the field suggests. */
const offeredNumbers = 20;
/** Time in ms after opening the page in which old messages arrive. They are not announced. */
const newsAfterMs = 1_500;

export function startPhone(store: Store): (route: Route) => void {
  const opened = Date.now();
  const number = part(document, "number", HTMLInputElement);
  let announced = 0;
  let chosen: number | undefined;
  /** False until the chosen message has arrived and is scrolled to. */
  let isRevealed = true;

  const list = createPagedList<MessageItem>({
    scroller: part(document, "bubbles"),
    list: part(document, "bubble-list"),
    newestAt: "bottom",
    older: part(document, "bubbles-older"),
    newest: part(document, "bubbles-newest"),
    keyOf: ({ n }) => n,
    versionOf: ({ n, seq }) => `${seq} ${n === chosen}`,
    draw(message) {
      const bubble = drawMessage(message, (to) => {
        number.value = number.value === to ? "" : to;
        show();
      });
      bubble.classList.toggle("chosen", message.n === chosen);
      return bubble;
    },
  });

  function show(): void {
    const digits = number.value.replace(/[^\d+]/g, "");
    const found =
      digits === "" ? store.messages : store.messages.filter(({ to }) => to.includes(digits));
    part(document, "phone-empty").hidden = found.length > 0;
    write(
      document,
      "phone-empty-why",
      digits === ""
        ? "Every SMS and call that 8x8 would deliver appears here."
        : `No message went to a number with ${digits}.`,
    );
    list.show(found.toReversed());
    const message = isRevealed ? undefined : found.find(({ n }) => n === chosen);
    if (message === undefined) return;
    isRevealed = true;
    list.reveal(message);
  }

  function announce(): void {
    const last = store.messages.at(-1);
    if (last === undefined || last.n <= announced) return;
    announced = last.n;
    if (Date.now() - opened > newsAfterMs)
      part(document, "announce").textContent = spokenNews(last);
    const newest = store.messages.slice(-200).toReversed();
    const latest = [...new Set(newest.map(({ to }) => to))].slice(0, offeredNumbers);
    document.getElementById("numbers")?.replaceChildren(...latest.map((to) => new Option(to)));
  }

  number.addEventListener("input", show);
  store.onChange(() => {
    show();
    announce();
  });
  show();
  startClock();

  return (route) => {
    if (route.view !== "phone" || route.message === undefined) return;
    number.value = "";
    chosen = route.message;
    isRevealed = false;
    show();
  };
}

function startClock(): void {
  const tick = () => write(document, "clock", timeOf(new Date().toISOString()).slice(0, 5));
  tick();
  setInterval(tick, 10_000);
}
