import { randomUUID } from "node:crypto";
import type { FaultItem, HookItem, Item, MessageItem } from "./shown-items.ts";

type ByKind = { readonly message: MessageItem; readonly hook: HookItem; readonly fault: FaultItem };
export type Kind = Item["kind"];
/** An item as it is written, before it gets its `seq`. */
export type Written<K extends Kind> = Omit<ByKind[K], "seq" | "kind">;

/** All items of the page. The least recently changed item comes first. */
export interface Items {
  /** Returns an id of the list: the server's start, and the number of clearings since then. */
  readonly run: () => string;
  /** Deletes all hook requests and messages. Their numbering continues. */
  clear(): void;
  next(kind: Kind): number;
  /** Adds the item, or replaces the one with the same kind and n. */
  put<K extends Kind>(kind: K, item: Written<K>): void;
  /** Applies the changes to the item. Does nothing if the item is no longer kept. */
  change<K extends Kind>(
    kind: K,
    n: number,
    change: (item: ByKind[K]) => Partial<Written<K>>,
  ): void;
  get<K extends Kind>(kind: K, n: number): ByKind[K] | undefined;
  all<K extends Kind>(kind: K): ByKind[K][];
  /** Items that changed after this seq, in the order of their changes. */
  since(seq: number): Item[];
  /** Calls the listener after each change. The returned function removes the listener. */
  onChange(listener: () => void): () => void;
}

/** @param limit Maximum number of items. The least recently changed one is deleted. */
export function createItems(limit = 2_000): Items {
  const items = new Map<string, Item>();
  const listeners = new Set<() => void>();
  const numbers = { message: 0, hook: 0, fault: 0 };
  const started = randomUUID();
  let cleared = 0;
  let seq = 0;
  const keyOf = (kind: Kind, n: number): string => `${kind} ${n}`;

  function forgetOldest(): void {
    for (const [key, { kind }] of items) {
      if (items.size <= limit) return;
      if (kind !== "fault") items.delete(key);
    }
  }

  const notify = (): void => {
    for (const listener of listeners) listener();
  };

  const store: Items = {
    run: () => `${started}/${cleared}`,
    clear() {
      for (const [key, { kind }] of items) if (kind !== "fault") items.delete(key);
      cleared++;
      notify();
    },
    next: (kind) => ++numbers[kind],
    put(kind, item) {
      const key = keyOf(kind, item.n);
      // Delete the item first, so that it moves to the end.
      items.delete(key);
      items.set(key, { ...item, kind, seq: ++seq } as unknown as Item);
      forgetOldest();
      notify();
    },
    change(kind, n, change) {
      const item = store.get(kind, n);
      if (item !== undefined) store.put(kind, { ...item, ...change(item) });
    },
    get: <K extends Kind>(kind: K, n: number) => items.get(keyOf(kind, n)) as ByKind[K] | undefined,
    all: <K extends Kind>(kind: K) =>
      [...items.values()].filter((item): item is ByKind[K] => item.kind === kind),
    since: (after) => [...items.values()].filter((item) => item.seq > after),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return store;
}
