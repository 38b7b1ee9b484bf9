import type { Change, FaultItem, HookItem, MessageItem } from "./protocol.ts";

/** Maximum number of requests and of messages. The oldest are deleted. */
const limit = 300;

export type Store = ReturnType<typeof createStore>;

export function createStore() {
  const listeners = new Set<(change: Change) => void>();
  const tell = (change: Change): void => {
    for (const listener of listeners) listener(change);
  };
  const hooks = createShelf<HookItem>((hook) => {
    tell({ hooks: [hook] });
  });
  const messages = createShelf<MessageItem>((message) => {
    tell({ messages: [message] });
  });
  let faults: readonly FaultItem[] = [];
  const all = (): Change => ({
    all: true,
    hooks: hooks.all(),
    messages: messages.all(),
    faults,
  });
  return {
    hooks,
    messages,
    showFaults(changed: readonly FaultItem[]): void {
      faults = changed;
      tell({ faults });
    },
    appChanged(): void {
      tell({ app: true });
    },
    isFailing: (of: FaultItem["of"]): boolean =>
      faults.some((fault) => fault.of === of && fault.on !== undefined),
    /** Deletes all requests and messages. Their numbering continues. */
    clear(): void {
      hooks.clear();
      messages.clear();
      tell(all());
    },
    all,
    onChange: (listener: (change: Change) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Items of one kind. The oldest item comes first. */
function createShelf<Item extends { readonly n: number }>(onChange: (item: Item) => void) {
  const items = new Map<number, Item>();
  let last = 0;
  function put(item: Item): void {
    items.set(item.n, item);
    const [oldest = 0] = items.keys();
    if (items.size > limit) items.delete(oldest);
    onChange(item);
  }
  return {
    add(item: Omit<Item, "n">): number {
      last++;
      put({ ...item, n: last } as Item);
      return last;
    },
    /** Does nothing if the item was deleted. */
    change(n: number, changes: Partial<Item>): void {
      const item = items.get(n);
      if (item !== undefined) put({ ...item, ...changes });
    },
    get: (n = 0): Item | undefined => items.get(n),
    all: (): Item[] => [...items.values()],
    clear(): void {
      items.clear();
    },
  };
}
