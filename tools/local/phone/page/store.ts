import type { FaultItem, HookItem, Item, MessageItem } from "../protocol.ts";

/** Maximum number of items of a kind. The sandbox has the same limit. */
const keptItems = 10_000;

/** All items that the sandbox has sent. The oldest item comes first. */
export interface Store {
  readonly messages: readonly MessageItem[];
  readonly hooks: readonly HookItem[];
  readonly faults: readonly FaultItem[];
  hook(n: number): HookItem | undefined;
  message(n: number): MessageItem | undefined;
  take(item: Item): void;
  clear(): void;
  /** Calls the listener once for all changes before the next frame. */
  onChange(listener: () => void): void;
}

export function createStore(): Store {
  const kinds = {
    message: createShelf<MessageItem>(),
    hook: createShelf<HookItem>(),
    fault: createShelf<FaultItem>(),
  };
  const listeners: (() => void)[] = [];
  let scheduled = false;

  function notify(): void {
    if (scheduled) return;
    scheduled = true;
    const run = () => {
      scheduled = false;
      for (const listener of listeners) listener();
    };
    // A page in the background gets no frames.
    if (document.hidden) setTimeout(run, 100);
    else requestAnimationFrame(run);
  }

  return {
    messages: kinds.message.items,
    hooks: kinds.hook.items,
    faults: kinds.fault.items,
    hook: (n) => kinds.hook.find(n),
    message: (n) => kinds.message.find(n),
    take(item) {
      if (item.kind === "message") kinds.message.put(item);
      else if (item.kind === "hook") kinds.hook.put(item);
      else kinds.fault.put(item);
      notify();
    },
    clear() {
      for (const kind of Object.values(kinds)) kind.clear();
      notify();
    },
    onChange(listener) {
      listeners.push(listener);
    },
  };
}

function createShelf<T extends Item>() {
  const items: T[] = [];
  /**
   * Returns the index of the item n, or the index to insert it at. After a lost connection, items
   * arrive in the order of their last change, not of n.
   */
  function placeOf(n: number): number {
    let [low, high] = [0, items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((items[middle]?.n ?? Infinity) < n) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  return {
    items: items as readonly T[],
    find(n: number): T | undefined {
      const item = items[placeOf(n)];
      return item?.n === n ? item : undefined;
    },
    put(item: T): void {
      const place = placeOf(item.n);
      items.splice(place, items[place]?.n === item.n ? 1 : 0, item);
      if (items.length > keptItems) items.shift();
    },
    clear(): void {
      items.length = 0;
    },
  };
}
