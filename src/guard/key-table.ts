import type { Fingerprint } from "./fingerprint.ts";
import { createRecency, type Recency } from "./recency.ts";
import { zeros32 } from "./zeros.ts";

/** Gives each key a slot, from 1 to `keys`; where all are taken, that of the least recent key. */
export interface KeyTable extends Pick<Recency, "newest" | "olderThan"> {
  /** 0: it has none. */
  find(key: Fingerprint): number;
  /** Its slot, as that of the most recent key. */
  take(key: Fingerprint): number;
  keyOf(slot: number): Fingerprint;
  letGoOldest(): void;
}

/** A hash table with chains, in typed arrays: 28 bytes a key. */
export function createKeyTable(keys: number, onLetGo: (slot: number) => void): KeyTable {
  const heads = zeros32(2 ** Math.ceil(Math.log2(keys / 2)));
  const [low, high, chain] = [zeros32(keys + 1), zeros32(keys + 1), zeros32(keys + 1)];
  const recency = createRecency(keys);
  let used = 0;
  let free = 0;

  const of = (array: Uint32Array, index: number) => array[index] ?? 0;
  const headOf = (lowBits: number) => lowBits & (heads.length - 1);

  function find(key: Fingerprint): number {
    let slot = of(heads, headOf(key.low));
    while (slot !== 0 && (low[slot] !== key.low || high[slot] !== key.high)) slot = of(chain, slot);
    return slot;
  }

  function create(key: Fingerprint): number {
    if (free === 0 && used === keys) letGoOldest();
    const slot = free === 0 ? ++used : free;
    if (slot === free) free = of(chain, slot);
    const head = headOf(key.low);
    low[slot] = key.low;
    high[slot] = key.high;
    chain[slot] = of(heads, head);
    heads[head] = slot;
    recency.insert(slot);
    return slot;
  }

  function letGoOldest(): void {
    const slot = recency.oldest();
    const head = headOf(of(low, slot));
    let before = 0;
    for (let other = of(heads, head); other !== slot; other = of(chain, other)) before = other;
    if (before === 0) heads[head] = of(chain, slot);
    else chain[before] = of(chain, slot);
    recency.remove(slot);
    onLetGo(slot);
    chain[slot] = free;
    free = slot;
  }

  return {
    find,
    take(key) {
      const slot = find(key);
      if (slot === 0) return create(key);
      recency.touch(slot);
      return slot;
    },
    keyOf: (slot) => ({ low: of(low, slot), high: of(high, slot) }),
    letGoOldest,
    newest: () => recency.newest(),
    olderThan: (slot) => recency.olderThan(slot),
  };
}
