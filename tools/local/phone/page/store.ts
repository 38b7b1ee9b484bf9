import { batch, computed, signal } from "@preact/signals";
import type { FaultItem, HookItem, Item, MessageItem } from "../shown-items.ts";

/** Maximum number of items of a kind. The sandbox has the same limit. */
const keptItems = 10_000;

/** All items of a kind that the sandbox has sent. The oldest item comes first. */
function createShelf<T extends Item>() {
  const items = signal<readonly T[]>([]);
  const byNumber = computed(() => new Map(items.value.map((item) => [item.n, item])));
  return {
    items,
    find: (n: number | undefined): T | undefined => byNumber.value.get(n ?? 0),
    put(changed: readonly T[]): void {
      if (changed.length === 0) return;
      const all = new Map(byNumber.value);
      for (const item of changed) all.set(item.n, item);
      // After a lost connection, items arrive in the order of their last change, not of n.
      items.value = [...all.values()].toSorted((a, b) => a.n - b.n).slice(-keptItems);
    },
  };
}

export const messages = createShelf<MessageItem>();
export const hooks = createShelf<HookItem>();
export const faults = createShelf<FaultItem>();

let waiting: Item[] = [];

/** Adds the item, or replaces the item with its number, before the next frame. */
export function take(item: Item): void {
  if (waiting.push(item) > 1) return;
  // A page in the background gets no frames.
  if (document.hidden) setTimeout(show, 100);
  else requestAnimationFrame(show);
}

function show(): void {
  const items = waiting;
  waiting = [];
  batch(() => {
    messages.put(items.filter((item) => item.kind === "message"));
    hooks.put(items.filter((item) => item.kind === "hook"));
    faults.put(items.filter((item) => item.kind === "fault"));
  });
}

export function clear(): void {
  waiting = [];
  batch(() => {
    for (const shelf of [messages, hooks, faults]) shelf.items.value = [];
  });
}
