import type { Clock } from "./clock.ts";

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
