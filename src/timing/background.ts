import { bounded, type Clock } from "./clock.ts";

/**
 * @param run Must never reject. Returns the milliseconds to pause before the next run, or undefined
 * if the next run waits for `wake`.
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
    /** Starts a run within `withinMs`, but not before the current run or pause has ended. */
    wake(withinMs: number): void {
      const at = clock.elapsed() + withinMs;
      if (paused || at >= dueAt) return;
      dueAt = at;
      if (running === undefined) runWhenDue();
    },
    /** Starts a last run, for a worker that stops, and waits for it at most `limitMs`. */
    async flush(limitMs: number): Promise<void> {
      stopping = true;
      const lastRun = (running ?? Promise.resolve()).then(runNow);
      await bounded(clock, () => lastRun, limitMs).catch(() => undefined);
    },
    get stopping() {
      return stopping;
    },
  };
}

/** If `load` throws, the next use tries again. */
export function loadedLate<T>(load: () => T): () => Promise<T> {
  let loaded: T | undefined;
  // oxlint-disable-next-line typescript/require-await -- if load throws, the promise rejects
  return async () => (loaded ??= load());
}

const warningIntervalMs = 60_000;

/** Logs a failure, at most once a minute. @param what A clause such as `The guard failed`. */
export function createFailureWarning(
  clock: Pick<Clock, "elapsed">,
  what: string,
  warn: (message: string) => void,
): (error: unknown) => void {
  let warnedAt = -Infinity;
  let failures = 0;
  return (error) => {
    failures++;
    if (clock.elapsed() - warnedAt < warningIntervalMs) return;
    warnedAt = clock.elapsed();
    const count = failures === 1 ? "" : `, ${failures} times since the last warning`;
    warn(`${what} (${kindOf(error)}${count}). The app will try again.`);
    failures = 0;
  };
}

function kindOf(error: unknown): string {
  const { statusCode, code, name } = (error ?? {}) as Record<string, unknown>;
  return String(statusCode ?? code ?? name);
}
