/** One for the whole request: `signal` aborts at `at` (milliseconds of `performance.now()`). */
export interface Deadline {
  readonly signal: AbortSignal;
  readonly at: number;
}

export interface Budget extends Deadline {
  /** The request was answered: the signal will not abort any more. */
  end(): void;
}

/** The one deadline of a request, `budgetMs` from now. */
export function startBudget(budgetMs: number): Budget {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort();
  }, budgetMs);
  return {
    signal: controller.signal,
    at: performance.now() + budgetMs,
    end: () => {
      clearTimeout(timer);
    },
  };
}

/** The promise's value, or undefined where the deadline passes first. */
export function beforeDeadline<T>(promise: Promise<T>, { signal }: Pick<Deadline, "signal">): Promise<T | undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const stop = () => {
      resolve(undefined);
    };
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", stop);
    });
  });
}
