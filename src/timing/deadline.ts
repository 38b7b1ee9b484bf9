import type { Clock } from "./clock.ts";

/** The one time limit of a request. */
export type Deadline = ReturnType<typeof startDeadline>;

export function startDeadline(clock: Clock, milliseconds: number) {
  const controller = new AbortController();
  const at = clock.elapsed() + milliseconds;
  return {
    /** Aborts when the time has passed. */
    signal: controller.signal,
    /** Milliseconds, none when the time has passed. */
    remainingMs: () => Math.max(0, at - clock.elapsed()),
    /** The request was answered: the signal will not abort any more. */
    end: clock.after(milliseconds, () => {
      controller.abort();
    }),
  };
}

/**
 * Calls with a signal that aborts after `limitMs`, and when the program closes. Then the promise
 * rejects, even where nobody listens to the signal: a call that never settles must not hold up all
 * that wait for it.
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
