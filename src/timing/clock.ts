import { setMaxListeners } from "node:events";

/** The app's time and timers. Tests replace them. When the app closes, no timer is left. */
export interface Clock {
  /** Milliseconds since 1970. The machine's clock may be set back. */
  now(): number;
  elapsed(): number;
  /** The timer keeps no process alive. Returns a function that cancels it. */
  after(milliseconds: number, act: () => void): () => void;
  readonly closed: AbortSignal;
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
  closed: new AbortController().signal,
};

/** Returns a clock with the same time and its own timers. `close` cancels them. */
export function closable(clock: Clock): Clock & { close(): void } {
  const closing = new AbortController();
  // Every pending call adds a listener, and Node.js before 24 warns about more than ten.
  setMaxListeners(0, closing.signal);
  const cancels = new Set<() => void>();
  return {
    ...clock,
    after(milliseconds, act) {
      if (closing.signal.aborted) return () => undefined;
      const cancel = (): void => {
        cancels.delete(cancel);
        stop();
      };
      const stop = clock.after(milliseconds, () => {
        cancels.delete(cancel);
        act();
      });
      cancels.add(cancel);
      return cancel;
    },
    closed: closing.signal,
    close() {
      closing.abort();
      for (const cancel of cancels) cancel();
    },
  };
}

export function sleep(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => clock.after(milliseconds, resolve));
}
