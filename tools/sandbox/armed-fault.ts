/** A fault that applies to a number of requests. */
export interface ArmedFault<Fault> {
  /** Without `times`, the fault stays on until `recover`. */
  readonly fail: (fault: Fault, times?: number) => void;
  readonly recover: () => void;
  /** Returns the fault for the next request, or undefined if no fault is on for this request. */
  readonly next: (isFor?: (fault: Fault) => boolean) => Fault | undefined;
  readonly current: () => { readonly fault: Fault; readonly timesLeft: number } | undefined;
  readonly onChange: (listener: () => void) => void;
}

export function createArmedFault<Fault>(): ArmedFault<Fault> {
  const listeners: (() => void)[] = [];
  let on: { readonly fault: Fault; readonly timesLeft: number } | undefined;
  function arm(next: typeof on): void {
    on = next;
    for (const listener of listeners) listener();
  }
  return {
    fail(fault, times = Infinity) {
      arm(times < 1 ? undefined : { fault, timesLeft: times });
    },
    recover() {
      arm(undefined);
    },
    next(isFor = () => true) {
      const met = on;
      if (met === undefined || !isFor(met.fault)) return undefined;
      if (met.timesLeft !== Infinity)
        arm(met.timesLeft < 2 ? undefined : { ...met, timesLeft: met.timesLeft - 1 });
      return met.fault;
    },
    current: () => on,
    onChange(listener) {
      listeners.push(listener);
    },
  };
}
