/** What a run changed and has to put back, however it ends. */
export interface Leftovers {
  /**
   * Registers how to put something back, and the command by which a person can. Returns what does
   * it. A failure is tried again by `clear`.
   */
  add(command: string, putBack: () => Promise<void>): () => Promise<void>;
  /** Puts everything back that is left. Returns the commands of what failed. */
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
