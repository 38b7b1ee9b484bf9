/**
 * A list that keeps only one page of items in the document: the newest items, or the items around
 * an older item.
 */
export interface PagedList<T> {
  /** @param items The newest first. */
  show(items: readonly T[]): void;
  /** Shows the item's page, and scrolls only as far as needed. */
  reveal(item: T): void;
}

export interface PagedListOptions<T> {
  readonly scroller: HTMLElement;
  readonly list: HTMLElement;
  readonly newestAt: "top" | "bottom";
  readonly older: HTMLElement;
  readonly newest: HTMLElement;
  readonly keyOf: (item: T) => number;
  /** An item is drawn again when its version changes. */
  readonly versionOf: (item: T) => string | number;
  readonly draw: (item: T) => HTMLElement;
}

const pageSize = 100;
/** Enough to fill a screen. The rest of a page is drawn after the next frame. */
const drawnAtOnce = 20;
/** Distance in pixels. A scroll position this near to the end counts as the end. */
const near = 40;

export function createPagedList<T>(options: PagedListOptions<T>): PagedList<T> {
  const { scroller, list, newestAt, older, newest, keyOf, versionOf, draw } = options;
  const drawn = new Map<
    number,
    { readonly element: HTMLElement; readonly version: string | number }
  >();
  let items: readonly T[] = [];
  /** Key of the page's first item. If undefined, the page starts with the newest item. */
  let first: number | undefined;
  /** Whether the list is scrolled to the end where new items appear. */
  let atEnd = true;

  /** Returns the index of the page's first item, or 0 if a filter or a new run removed it. */
  function start(): number {
    const found = items.findIndex((item) => keyOf(item) === first);
    return Math.max(0, found);
  }

  /** @param atOnce How many of the items that are not in the document yet to draw now. */
  function refresh(atOnce = pageSize): void {
    const from = start();
    if (from === 0) first = undefined;
    let added = 0;
    const page = items
      .slice(from, from + pageSize)
      .filter((item) => drawn.has(keyOf(item)) || ++added <= atOnce);
    if (added > atOnce) requestAnimationFrame(() => setTimeout(refresh));
    const wanted = (newestAt === "top" ? page : page.toReversed()).map(elementOf);
    for (const [key, { element }] of drawn)
      if (!wanted.includes(element)) {
        element.remove();
        drawn.delete(key);
      }
    wanted.forEach((element, place) => {
      if (list.children[place] !== element)
        list.insertBefore(element, list.children[place] ?? null);
    });
    older.hidden = from + pageSize >= items.length;
    if (atEnd && from === 0) toEnd();
    showNewest();
  }

  function showNewest(): void {
    newest.hidden = items.length === 0 || (start() === 0 && atEnd);
  }

  function elementOf(item: T): HTMLElement {
    const [key, version] = [keyOf(item), versionOf(item)];
    const old = drawn.get(key);
    if (old?.version === version) return old.element;
    const element = draw(item);
    if (old !== undefined) replace(old.element, element);
    drawn.set(key, { element, version });
    return element;
  }

  function toEnd(): void {
    scroller.scrollTop = newestAt === "top" ? 0 : scroller.scrollHeight;
  }

  function turnTo(index: number): void {
    const item = items[index];
    first = index <= 0 || item === undefined ? undefined : keyOf(item);
    refresh();
  }

  older.addEventListener("click", () => {
    turnTo(start() + pageSize);
    toEnd();
  });
  newest.addEventListener("click", () => {
    atEnd = true;
    turnTo(0);
  });
  function noticePlace(): void {
    if (scroller.clientHeight === 0) return;
    const end = scroller.scrollHeight - scroller.clientHeight;
    atEnd = newestAt === "top" ? scroller.scrollTop < near : scroller.scrollTop > end - near;
    showNewest();
  }

  scroller.addEventListener("scroll", noticePlace);
  // Runs when a hidden list is shown, or its height changes.
  new ResizeObserver(() => {
    refresh();
  }).observe(scroller);

  return {
    show(next) {
      items = next;
      refresh(drawnAtOnce);
    },
    reveal(item) {
      // Some items of the current page may not be drawn yet.
      refresh();
      if (!drawn.has(keyOf(item))) turnTo(items.indexOf(item) - pageSize / 2);
      drawn.get(keyOf(item))?.element.scrollIntoView({ block: "nearest" });
      noticePlace();
    },
  };
}

/** Replaces an item's element, and keeps the focus on the same part of the item. */
function replace(old: HTMLElement, element: HTMLElement): void {
  const focused = document.activeElement;
  const name =
    old.contains(focused) && focused instanceof HTMLElement ? focused.dataset["part"] : undefined;
  old.replaceWith(element);
  if (name !== undefined)
    element.querySelector<HTMLElement>(`[data-part="${name}"]`)?.focus({ preventScroll: true });
}
