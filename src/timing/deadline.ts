import type { Clock } from "./clock.ts";

/** The one time limit of a request. */
export interface Deadline {
  /** Aborts when the time has passed. */
  readonly signal: AbortSignal;
  /** Milliseconds, none when the time has passed. */
  remainingMs(): number;
  /** The request was answered: the signal will not abort any more. */
  end(): void;
}

export function startDeadline(clock: Clock, milliseconds: number): Deadline {
  const controller = new AbortController();
  const at = clock.elapsed() + milliseconds;
  return {
    signal: controller.signal,
    remainingMs: () => Math.max(0, at - clock.elapsed()),
    end: clock.after(milliseconds, () => {
      controller.abort();
    }),
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

/**
 * Calls with a signal that aborts after `limitMs`, and when the program closes. Then the promise rejects, even where nobody
 * listens to the signal: a call that never settles must not hold up all that wait for it.
 */
export function bounded<T>(
  clock: Clock,
  call: (signal: AbortSignal) => Promise<T>,
  limitMs: number,
  code = "timed out",
): Promise<T> {
  const controller = new AbortController();
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(Object.assign(new Error(code), { code }));
      controller.abort();
    };
    const cancel = clock.after(limitMs, stop);
    clock.closed.addEventListener("abort", stop);
    call(controller.signal)
      .then(resolve, reject)
      .finally(() => {
        cancel();
        clock.closed.removeEventListener("abort", stop);
      });
  });
}
