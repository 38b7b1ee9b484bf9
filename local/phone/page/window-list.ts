import { createHeights } from "./heights.ts";

/** A list of which only what can be seen is in the document, whatever its length. Items may have any height. */
export interface WindowList<T> {
  show(items: readonly T[]): void;
  /** Scrolls as little as is needed. */
  reveal(index: number): void;
  /** Whether the end at which new items come is seen. The list then follows them. */
  atNewest(): boolean;
  toNewest(): void;
}

export interface WindowListOptions<T> {
  readonly scroller: HTMLElement;
  readonly list: HTMLElement;
  readonly newestAt: "top" | "bottom";
  /** Of an item that was never drawn, in pixels. */
  readonly usualHeight: number;
  readonly keyOf: (item: T) => number;
  /** Drawn again where this has changed. */
  readonly versionOf: (item: T) => string | number;
  readonly draw: (item: T) => HTMLElement;
  readonly onScroll?: () => void;
}

/** Pixels above and below that are drawn as well, so that quick scrolling shows no gap. */
const margin = 400;
/** So near to the end counts as being there, in pixels. */
const near = 40;

export function createWindowList<T>(options: WindowListOptions<T>): WindowList<T> {
  const { scroller, list, newestAt, keyOf, versionOf, draw } = options;
  const heights = createHeights(keyOf, options.usualHeight);
  const drawn = new Map<number, { readonly element: HTMLElement; readonly version: string | number }>();
  let items: readonly T[] = [];
  let following = true;

  /** The item at the upper edge, which stays where it is, whatever is drawn around it. */
  function anchor() {
    const first = heights.at(scroller.scrollTop);
    return first && { key: keyOf(first.item), offset: first.top - scroller.scrollTop };
  }

  function restore(kept: ReturnType<typeof anchor>): void {
    const index = items.findIndex((item) => keyOf(item) === kept?.key);
    if (!following && (kept === undefined || index < 0)) return;
    const newest = newestAt === "top" ? 0 : scroller.scrollHeight - scroller.clientHeight;
    const to = following || kept === undefined ? newest : heights.topOf(index) - kept.offset;
    if (Math.abs(scroller.scrollTop - to) >= 1) scroller.scrollTop = to;
  }

  function drawAround(): void {
    const [from, to] = [scroller.scrollTop - margin, scroller.scrollTop + scroller.clientHeight + margin];
    let [top, before, after] = [0, 0, 0];
    const wanted = new Map<number, HTMLElement>();
    items.forEach((item, index) => {
      const height = heights.of(item);
      if (top + height < from) before += height;
      else if (top > to) after += height;
      else wanted.set(keyOf(item), elementOf(item, index));
      top += height;
    });
    for (const [key, { element }] of drawn)
      if (!wanted.has(key)) {
        element.remove();
        drawn.delete(key);
      }
    [...wanted.values()].forEach((element, place) => {
      if (list.children[place] !== element) list.insertBefore(element, list.children[place] ?? null);
    });
    list.style.paddingBlock = `${before}px ${after}px`;
  }

  function elementOf(item: T, index: number): HTMLElement {
    const [key, version] = [keyOf(item), versionOf(item)];
    const old = drawn.get(key);
    const element = old?.version === version ? old.element : draw(item);
    element.ariaPosInSet = String(index + 1);
    element.ariaSetSize = String(items.length);
    if (old !== undefined && old.element !== element) replace(old.element, element);
    drawn.set(key, { element, version });
    return element;
  }

  function refresh(kept = anchor()): void {
    // Once more where what was drawn is not as high as was thought.
    for (let again = true, round = 0; again && round < 4; round++) {
      drawAround();
      again = [...drawn].filter(([key, { element }]) => heights.learn(key, element.offsetHeight)).length > 0;
      restore(kept);
    }
    drawAround();
  }

  function isAtNewest(): boolean {
    const end = scroller.scrollHeight - scroller.clientHeight;
    return newestAt === "top" ? scroller.scrollTop < near : scroller.scrollTop > end - near;
  }

  scroller.addEventListener("scroll", () => {
    if (scroller.clientHeight === 0) return;
    following = isAtNewest();
    refresh();
    options.onScroll?.();
  });
  let width = 0;
  new ResizeObserver(() => {
    if (scroller.clientWidth !== width) heights.forget();
    width = scroller.clientWidth;
    if (scroller.clientHeight > 0) refresh();
  }).observe(scroller);

  return {
    show(next) {
      const kept = anchor();
      items = next;
      heights.show(next);
      refresh(kept);
    },
    reveal(index) {
      const item = items[index];
      if (item === undefined) return;
      following = false;
      // Once more, because what is drawn on the way may be higher than was thought.
      for (let round = 0; round < 2; round++) {
        const top = heights.topOf(index);
        const lowest = top + heights.of(item) - scroller.clientHeight;
        scroller.scrollTop = Math.max(Math.min(scroller.scrollTop, top), lowest);
        refresh();
      }
      following = isAtNewest();
    },
    atNewest: () => following,
    toNewest() {
      following = true;
      refresh();
    },
  };
}

/** What had the focus has it again. */
function replace(old: HTMLElement, element: HTMLElement): void {
  const focused = document.activeElement;
  const name = old.contains(focused) && focused instanceof HTMLElement ? focused.dataset["part"] : undefined;
  old.replaceWith(element);
  if (name !== undefined) element.querySelector<HTMLElement>(`[data-part="${name}"]`)?.focus({ preventScroll: true });
}
