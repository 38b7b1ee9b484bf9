import { rowOf, type CodeRow, type CodeTable } from "./code-table.ts";

/** The table of a laptop, kept in memory only. */
export function createInMemoryTable(): CodeTable {
  const rows = new Map<string, CodeRow>();
  const keyOf = (row: CodeRow) => `${row.oktaUserId} ${rowOf(row)}`;

  return {
    put(row) {
      rows.set(keyOf(row), row);
      return Promise.resolve();
    },
    list: (oktaUserId) =>
      Promise.resolve([...rows.values()].filter((row) => row.oktaUserId === oktaUserId)),
    markUsed(code, used) {
      if (rows.get(keyOf(code)) !== code) return Promise.resolve(false);
      rows.set(keyOf(code), used);
      return Promise.resolve(true);
    },
    sweep(before) {
      for (const [key, { sentAt }] of [...rows]) if (sentAt < before) rows.delete(key);
      return Promise.resolve();
    },
  };
}
