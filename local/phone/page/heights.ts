/** How high the items of a list are, in pixels: as measured, or as is usual for one that was never drawn. */
export interface Heights<T> {
  of(item: T): number;
  /** Where the item at this index begins, from the list's own start. */
  topOf(index: number): number;
  /** The first item that ends below this place, and where it begins. */
  at(place: number): { readonly item: T; readonly top: number } | undefined;
  /** Whether it is another than was known. */
  learn(key: number, height: number): boolean;
  show(items: readonly T[]): void;
  forget(): void;
}

export function createHeights<T>(keyOf: (item: T) => number, usualHeight: number): Heights<T> {
  const measured = new Map<number, number>();
  let items: readonly T[] = [];
  const of = (item: T): number => measured.get(keyOf(item)) ?? usualHeight;
  return {
    of,
    topOf: (index) => items.slice(0, index).reduce((top, item) => top + of(item), 0),
    at(place) {
      let top = 0;
      for (const item of items) {
        const end = top + of(item);
        if (end > place) return { item, top };
        top = end;
      }
      return undefined;
    },
    learn(key, height) {
      if (height === 0 || measured.get(key) === height) return false;
      measured.set(key, height);
      return true;
    },
    show(next) {
      items = next;
    },
    forget() {
      measured.clear();
    },
  };
}
