/** Changes that a run must undo, however it ends. */
export interface Leftovers {
  /**
   * Registers how to undo a change, and a command by which a person can undo it. Returns a function
   * that undoes it. If that fails, `clear` tries again.
   */
  add(command: string, putBack: () => Promise<void>): () => Promise<void>;
  /** Undoes all changes that are left. Returns the commands for those that could not be undone. */
  clear(): Promise<readonly string[]>;
}

export function createLeftovers(): Leftovers {
  const left = new Map<string, () => Promise<void>>();
  return {
    add(command, putBack) {
      let pending: Promise<void> | undefined;
      async function once() {
        try {
          await putBack();
          left.delete(command);
        } finally {
          pending = undefined;
        }
      }
      const start = () => (left.has(command) ? (pending ??= once()) : Promise.resolve());
      left.set(command, start);
      return start;
    },
    async clear() {
      const failed: string[] = [];
      for (const [command, putBack] of left) await putBack().catch(() => failed.push(command));
      return failed;
    },
  };
}
