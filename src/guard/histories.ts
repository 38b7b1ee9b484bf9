import { isSet, type Fingerprint } from "./fingerprint.ts";
import { createKeyTable } from "./key-table.ts";
import { zeros16, zeros32 } from "./zeros.ts";

/** A key, and what it has in each of its buckets, the newest first. Buckets are known by their last 16 bits. */
export interface History {
  readonly key: Fingerprint;
  readonly entries: readonly { readonly bucket: number; readonly value: number }[];
}

export interface Histories {
  /** Adds to the count, or to the set, that the key has in the bucket; the key is the most recent one then. */
  add(key: Fingerprint, bucket: number, value: number): void;
  /** The sum, or the union, over the last `buckets` up to this one. */
  within(key: Fingerprint, bucket: number, buckets: number): number;
  /** Those that have something in this bucket or a later one, the most recent first, where buckets only ever went on. */
  since(bucket: number, limit: number): History[];
}

export interface Capacity {
  readonly keys: number;
  /** Over all keys: what each has in each of its buckets. */
  readonly entries: number;
}

const bucketsKept = 144;
const valueLimit = 0xffff;

/**
 * In typed arrays: a million keys in a Map would be several times as much memory, and work for the garbage collector in
 * the middle of hooks. They are allocated whole.
 */
export function createHistories({ keys, entries }: Capacity): Histories {
  const table = createKeyTable(keys, (slot) => {
    freeFrom(slot, 0);
  });
  const first = zeros32(keys + 1);
  const next = zeros32(entries + 1);
  const [buckets, values] = [zeros16(entries + 1), zeros16(entries + 1)];
  let [used, free] = [0, 0];

  const at = (array: Uint32Array | Uint16Array, index: number) => array[index] ?? 0;
  const after = (slot: number, entry: number) => (entry === 0 ? at(first, slot) : at(next, entry));
  /** Negative where the entry is of a later time. */
  const age = (entry: number, bucket: number) => ((bucket - at(buckets, entry)) << 16) >> 16;

  function link(slot: number, before: number, entry: number): void {
    if (before === 0) first[slot] = entry;
    else next[before] = entry;
  }

  /** Takes away all that stands behind that entry; 0: all. */
  function freeFrom(slot: number, before: number): void {
    let entry = after(slot, before);
    link(slot, before, 0);
    while (entry !== 0) {
      const following = at(next, entry);
      next[entry] = free;
      free = entry;
      entry = following;
    }
  }

  function insert(slot: number, before: number, bucket: number, value: number): void {
    while (free === 0 && used === entries) table.letGoOldest();
    const entry = free === 0 ? ++used : free;
    if (entry === free) free = at(next, entry);
    buckets[entry] = bucket;
    values[entry] = value;
    next[entry] = after(slot, before);
    link(slot, before, entry);
    const newest = at(buckets, at(first, slot));
    let last = entry;
    while (at(next, last) !== 0 && age(at(next, last), newest) < bucketsKept) last = at(next, last);
    freeFrom(slot, last);
  }

  return {
    add(key, bucket, value) {
      const slot = table.take(key);
      let [before, entry] = [0, at(first, slot)];
      while (entry !== 0 && age(entry, bucket) < 0) [before, entry] = [entry, at(next, entry)];
      if (entry === 0 || age(entry, bucket) !== 0) insert(slot, before, bucket, clamp(value));
      else values[entry] = isSet(key) ? at(values, entry) | clamp(value) : clamp(at(values, entry) + value);
    },
    within(key, bucket, count) {
      let all = 0;
      for (let entry = at(first, table.find(key)); entry !== 0 && age(entry, bucket) < count; entry = at(next, entry))
        all = isSet(key) ? all | at(values, entry) : all + at(values, entry);
      return all;
    },
    since(bucket, limit) {
      const found: History[] = [];
      for (let slot = table.newest(); slot !== 0 && found.length < limit; slot = table.olderThan(slot)) {
        if (age(at(first, slot), bucket) > 0) break;
        found.push({ key: table.keyOf(slot), entries: entriesOf(slot, bucket) });
      }
      return found;
    },
  };

  function entriesOf(slot: number, bucket: number): History["entries"] {
    const told = [];
    for (let entry = at(first, slot); entry !== 0 && age(entry, bucket) <= 0; entry = at(next, entry))
      told.push({ bucket: at(buckets, entry), value: at(values, entry) });
    return told;
  }
}

function clamp(value: number): number {
  return Math.max(0, Math.min(value, valueLimit));
}
