import type { Clock } from "./clock.ts";
import { bounded } from "./deadline.ts";

/**
 * Work in the background, one run at a time. Its timers keep no process alive.
 * @param run Never rejects. Returns the pause (milliseconds) before the next run; undefined: the
 * next run waits for `wake`.
 */
export function createRunner(clock: Clock, run: () => Promise<number | undefined>) {
  let running: Promise<void> | undefined;
  let cancel: (() => void) | undefined;
  let dueAt = Infinity;
  let paused = false;
  let stopping = false;

  function runWhenDue(): void {
    cancel?.();
    if (dueAt < Infinity)
      cancel = clock.after(Math.max(0, dueAt - clock.elapsed()), () => void runNow());
  }

  function runNow(): Promise<void> {
    return (running ??= runOnce().finally(() => {
      running = undefined;
      runWhenDue();
    }));
  }

  async function runOnce(): Promise<void> {
    cancel?.();
    dueAt = Infinity;
    paused = false;
    const pauseMs = await run();
    if (pauseMs === undefined) return;
    paused = true;
    dueAt = clock.elapsed() + pauseMs;
  }

  return {
    /**
     * A run begins within this time, or when the current one has ended. A pause is not cut short.
     */
    wake(withinMs: number): void {
      const at = clock.elapsed() + withinMs;
      if (paused || at >= dueAt) return;
      dueAt = at;
      if (running === undefined) runWhenDue();
    },
    /** Makes one more run because the worker stops, and waits for it until the limit. */
    async flush(limitMs: number): Promise<void> {
      stopping = true;
      const lastRun = (running ?? Promise.resolve()).then(runNow);
      await bounded(clock, () => lastRun, limitMs).catch(() => undefined);
    },
    /** `flush` was called: a run should make no pauses. */
    get stopping() {
      return stopping;
    },
  };
}

/**
 * Loads with the first use, because loading an SDK blocks the event loop. If loading throws, that
 * use rejects, and the next one tries again.
 */
export function loadedLate<T>(load: () => T): () => Promise<T> {
  let loaded: T | undefined;
  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection
  return async () => (loaded ??= load());
}
