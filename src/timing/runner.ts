import { startBudget, beforeDeadline } from "./deadline.ts";

/** Work in the background, one run at a time. Its timers keep no process alive. */
export interface Runner {
  /** A run begins within this time (milliseconds), or when the current one has ended. A pause is not cut short. */
  wake(withinMs: number): void;
  /** Makes one more run because the worker stops, and waits for it until the limit (milliseconds). */
  flush(limitMs: number): Promise<void>;
  /** `flush` was called: a run should make no pauses. */
  readonly stopping: boolean;
}

/**
 * @param run Never rejects. Returns the pause (milliseconds) before the next run; undefined: the next run waits for
 * `wake`.
 */
export function createRunner(run: () => Promise<number | undefined>): Runner {
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** Of `performance.now()`. */
  let dueAt = Infinity;
  let paused = false;
  let stopping = false;

  function runWhenDue(): void {
    clearTimeout(timer);
    if (dueAt < Infinity) timer = setTimeout(() => void runNow(), Math.max(0, dueAt - performance.now())).unref();
  }

  function runNow(): Promise<void> {
    return (running ??= runOnce().finally(() => {
      running = undefined;
      runWhenDue();
    }));
  }

  async function runOnce(): Promise<void> {
    clearTimeout(timer);
    dueAt = Infinity;
    paused = false;
    const pauseMs = await run();
    if (pauseMs === undefined) return;
    paused = true;
    dueAt = performance.now() + pauseMs;
  }

  return {
    wake(withinMs) {
      const at = performance.now() + withinMs;
      if (paused || at >= dueAt) return;
      dueAt = at;
      if (running === undefined) runWhenDue();
    },
    async flush(limitMs) {
      stopping = true;
      const budget = startBudget(limitMs);
      await beforeDeadline((running ?? Promise.resolve()).then(runNow), budget);
      budget.end();
    },
    get stopping() {
      return stopping;
    },
  };
}
