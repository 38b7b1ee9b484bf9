import { setTimeout as sleep } from "node:timers/promises";
import { OktaError } from "./okta-error.ts";

/** Tests replace the timing, so that they take no minutes. */
export interface Timing {
  /** Milliseconds since any moment. */
  elapsed(): number;
  wait(ms: number): Promise<unknown>;
  /** Returns a function that ends the repetition. */
  every(ms: number, act: () => void): () => void;
}

export const realTiming: Timing = {
  elapsed: () => performance.now(),
  wait: (ms) => sleep(ms),
  every(ms, act) {
    const timer = setInterval(act, ms);
    return () => {
      clearInterval(timer);
    };
  },
};

/** What a command does now, and what it last knew of the org. */
export interface Progress {
  step: string;
  active: string;
}

const pauseMs = 1_500;
const patienceMs = 120_000;

interface Limits {
  readonly isStopped?: (() => boolean) | undefined;
  /** How often to make a call that Okta refuses. */
  readonly attempts?: number;
}

/** Repeats a call while Okta is away, for two minutes. The call must be safe to repeat. */
export async function waitOut<Value>(
  call: () => Promise<Value>,
  timing: Timing,
  { isStopped, attempts = 1 }: Limits = {},
): Promise<Value> {
  const start = timing.elapsed();
  for (let refusals = 0; ;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof OktaError && error.away)) refusals += 1;
      const isOver = timing.elapsed() - start > patienceMs;
      if (refusals === attempts || isStopped?.() === true || isOver) throw error;
    }
    await timing.wait(pauseMs);
  }
}

/** Prints every 10 s what the command waits for, until the returned function is called. */
export function sayEachTenSeconds(
  progress: Progress,
  timing: Timing,
  say: (line: string) => void,
): () => void {
  const start = timing.elapsed();
  return timing.every(10_000, () => {
    const seconds = Math.round((timing.elapsed() - start) / 1000);
    say(`${seconds} s: waiting for Okta to ${progress.step}. ${progress.active}`);
  });
}

/** Prints every 30 s how many seconds are left. A wait of at most 10 s prints nothing. */
export async function waitAloud(ms: number, say: (line: string) => void, timing: Timing) {
  const stepMs = 30_000;
  for (let left = ms; left > 0; left -= stepMs) {
    if (ms > 10_000) say(`Waiting ${Math.ceil(left / 1000)} s.`);
    await timing.wait(Math.min(left, stepMs));
  }
}
