import { zeros32 } from "./zeros.ts";

/** Slots, from 1 on, in the order in which they were last used. 0 is none. */
export interface Recency {
  insert(slot: number): void;
  remove(slot: number): void;
  /** It is the newest now. */
  touch(slot: number): void;
  newest(): number;
  oldest(): number;
  olderThan(slot: number): number;
  newerThan(slot: number): number;
}

/** A list in two arrays: 8 bytes a slot. */
export function createRecency(slots: number): Recency {
  // Slot 0 stands before the newest and behind the oldest.
  const [older, newer] = [zeros32(slots + 1), zeros32(slots + 1)];
  const of = (array: Uint32Array, slot: number) => array[slot] ?? 0;

  function insert(slot: number): void {
    const newest = of(older, 0);
    older[slot] = newest;
    newer[newest] = slot;
    newer[slot] = 0;
    older[0] = slot;
  }

  function remove(slot: number): void {
    older[of(newer, slot)] = of(older, slot);
    newer[of(older, slot)] = of(newer, slot);
  }

  return {
    insert,
    remove,
    touch(slot) {
      if (of(older, 0) === slot) return;
      remove(slot);
      insert(slot);
    },
    newest: () => of(older, 0),
    oldest: () => of(newer, 0),
    olderThan: (slot) => of(older, slot),
    newerThan: (slot) => of(newer, slot),
  };
}
