export interface Clock {
  /** Milliseconds since 1970. The machine's clock may be set back. */
  now(): number;
  elapsed(): number;
  /** The timer keeps no process alive. Returns a function that cancels it. */
  after(milliseconds: number, act: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(milliseconds, act) {
    const timer = setTimeout(act, milliseconds).unref();
    return () => {
      clearTimeout(timer);
    };
  },
};

export function sleep(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => clock.after(milliseconds, resolve));
}

export type Deadline = Pick<ReturnType<typeof startDeadline>, "signal" | "remainingMs">;

export function startDeadline(clock: Clock, milliseconds: number) {
  const controller = new AbortController();
  const at = clock.elapsed() + milliseconds;
  return {
    signal: controller.signal,
    /** Milliseconds until the deadline. 0 after the deadline. */
    remainingMs: () => Math.max(0, at - clock.elapsed()),
    /** Call this method when the request is answered. The signal then never aborts. */
    end: clock.after(milliseconds, () => {
      controller.abort();
    }),
  };
}

/** Rejects after `limitMs`, even if the call ignores the signal and never settles. */
export function bounded<T>(
  clock: Pick<Clock, "after">,
  call: (signal: AbortSignal) => Promise<T>,
  limitMs: number,
  code = "timed out",
): Promise<T> {
  const controller = new AbortController();
  return new Promise((resolve, reject) => {
    const cancel = clock.after(limitMs, () => {
      reject(Object.assign(new Error(code), { code }));
      controller.abort();
    });
    void call(controller.signal).then(resolve, reject).finally(cancel);
  });
}

export type WaitLimit = <T>(
  read: Promise<T>,
  deadline: Pick<Deadline, "remainingMs">,
) => Promise<T | undefined>;

/**
 * Unauthenticated callers can make requests wait, so all routes share one limit. An instance
 * handles 100 requests at a time:
 * https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan#concurrency
 */
export function createWaitLimit(clock: Clock, limit = 16): WaitLimit {
  let waiting = 0;
  return async (read, deadline) => {
    if (waiting >= limit) return undefined;
    waiting += 1;
    return bounded(clock, () => read, deadline.remainingMs())
      .catch(() => undefined)
      .finally(() => (waiting -= 1));
  };
}
