import { batch, signal } from "@preact/signals";
import type { AppAnswer, Change, FaultItem, HookItem, MessageItem } from "../protocol.ts";
import { ask } from "./ask.ts";
import { attempt } from "./toast.ts";

/** Maximum number of requests and of messages, as on the server. */
const limit = 300;
/** Time in ms during which changes are collected, to draw them together. */
const gatherForMs = 20;

type Shelf<Item> = ReadonlyMap<number, Item>;

/** Requests and messages by their number. The oldest comes first. */
export const hooks = signal<Shelf<HookItem>>(new Map());
export const messages = signal<Shelf<MessageItem>>(new Map());
export const faults = signal<readonly FaultItem[]>([]);
/** Undefined until the server has answered. */
export const app = signal<AppAnswer | undefined>(undefined);
export const connection = signal<"connecting" | "live" | "lost">("connecting");

export async function loadApp(): Promise<void> {
  app.value = await ask<AppAnswer>("/sandbox/app");
}

export function followStream(): void {
  const source = new EventSource("/sandbox/stream");
  let waiting: Change[] = [];
  source.addEventListener("open", () => {
    connection.value = "live";
    attempt(loadApp);
  });
  source.addEventListener("error", () => {
    connection.value = "lost";
  });
  source.addEventListener("message", ({ data }: MessageEvent<string>) => {
    if (waiting.push(JSON.parse(data) as Change) > 1) return;
    setTimeout(() => {
      const changes = waiting;
      waiting = [];
      batch(() => {
        for (const change of changes) take(change);
      });
    }, gatherForMs);
  });
}

function take(change: Change): void {
  if (change.all) hooks.value = messages.value = new Map();
  if (change.hooks) hooks.value = withItems(hooks.value, change.hooks);
  if (change.messages) messages.value = withItems(messages.value, change.messages);
  if (change.faults) faults.value = change.faults;
  if (change.app) attempt(loadApp);
}

function withItems<Item extends { readonly n: number }>(
  known: Shelf<Item>,
  changed: readonly Item[],
): Shelf<Item> {
  const all = new Map(known);
  for (const item of changed) all.set(item.n, item);
  const [oldest = 0] = all.keys();
  if (all.size > limit) all.delete(oldest);
  return all;
}
