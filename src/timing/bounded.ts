/**
 * Calls with a signal that aborts after `limitMs`. Then the promise rejects, even where nobody listens to the signal: a
 * call that never settles must not hold up all that wait for it.
 */
export function bounded<T>(call: (signal: AbortSignal) => Promise<T>, limitMs: number, code = "timed out"): Promise<T> {
  const controller = new AbortController();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(Object.assign(new Error(code), { code }));
      controller.abort();
    }, limitMs).unref();
    call(controller.signal)
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
      });
  });
}
