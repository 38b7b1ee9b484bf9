import type { CodeKey, CodeTable, SentCode } from "./code-table.ts";

/** On a laptop: forgotten with the process. */
export function createInMemoryTable(): CodeTable {
  const rows = new Map<string, SentCode>();
  const keyOf = ({ oktaUserId, channel }: CodeKey) => `${oktaUserId} ${channel}`;

  function remove(code: SentCode): Promise<boolean> {
    const kept = rows.get(keyOf(code));
    if (kept === code) rows.delete(keyOf(code));
    return Promise.resolve(kept !== undefined);
  }

  return {
    put(code) {
      rows.set(keyOf(code), code);
      return Promise.resolve();
    },
    get: (key) => Promise.resolve(rows.get(keyOf(key))),
    remove,
    async sweep(before) {
      for (const code of [...rows.values()]) if (code.sentAt < before) await remove(code);
    },
  };
}
