import { startBudget, within } from "./deadline.ts";

/** Work behind the hooks, one run at a time, on timers that keep no process alive. */
export interface Runner {
  /** A run begins within so many milliseconds, or when the one that goes on has ended. A pause is not cut short. */
  wake(withinMs: number): void;
  /** The worker stops: one more run, waited for until the limit (milliseconds). */
  flush(limitMs: number): Promise<void>;
  /** There was a flush: what can wait no longer is to be done without pauses. */
  readonly stopping: boolean;
}

/**
 * @param run Never rejects. Its value is the pause (milliseconds) after which it is to run again; undefined: when it is
 * woken.
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
      await within((running ?? Promise.resolve()).then(runNow), budget);
      budget.end();
    },
    get stopping() {
      return stopping;
    },
  };
}
