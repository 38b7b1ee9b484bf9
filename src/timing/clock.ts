/** The app's time and timers. Tests replace them. */
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
