import { setImmediate as hooksTurn } from "node:timers/promises";
import type { GuardRow, GuardTable } from "./guard-table.ts";
import { textsOf } from "./row.ts";

/** This instance's rows, and those of the others: each is written and taken in only where it changed. */
export interface Rows {
  /** Writes as many rows as the properties need, each with its part's number behind the name. */
  put(partition: string, name: string, properties: Iterable<readonly [string, unknown]>): Promise<void>;
  /** @param take Gets a row that changed, and what stood in it when it was last read. */
  read(partition: string, take: (row: GuardRow, before: string) => void): Promise<void>;
  forget(which: (partition: string, row: string) => boolean): void;
}

const nothing = "{}";

export function createRows(table: GuardTable, instance: string): Rows {
  const [reported, written] = [new Map<string, string>(), new Map<string, string>()];

  return {
    async put(partition, name, properties) {
      const keyOf = (part: number) => `${partition} ${name}-${part}`;
      const texts = textsOf(properties);
      // Of parts that are not needed any more nothing may be left to be counted.
      while (written.has(keyOf(texts.length))) texts.push(nothing);
      for (const [part, counts] of texts.entries()) {
        if (counts === (written.get(keyOf(part)) ?? nothing)) continue;
        await table.put({ partition, row: `${name}-${part}`, counts });
        written.set(keyOf(part), counts);
      }
    },
    async read(partition, take) {
      for (const row of await table.read(partition)) {
        const key = `${partition} ${row.row}`;
        const before = reported.get(key) ?? nothing;
        if (row.row.split("-").includes(instance) || row.counts === before) continue;
        take(row, before);
        reported.set(key, row.counts);
        // Thousands of keys take milliseconds, and a new instance reads those of a whole day: hooks have their turn.
        await hooksTurn();
      }
    },
    forget(which) {
      for (const map of [reported, written])
        for (const key of map.keys()) {
          const [partition = "", row = ""] = key.split(" ");
          if (which(partition, row)) map.delete(key);
        }
    },
  };
}
