import type { Timing } from "../../../tools/okta/waiting.ts";

export interface VirtualTiming extends Timing {
  /** Lets time pass, and calls what is due. */
  pass(ms: number): void;
}

export function createVirtualTiming(): VirtualTiming {
  let now = 0;
  const repeated = new Set<{ at: number; readonly ms: number; readonly act: () => void }>();
  const pass = (ms: number) => {
    const end = now + ms;
    for (const timer of repeated)
      for (; timer.at <= end; timer.at += timer.ms) {
        now = timer.at;
        timer.act();
      }
    now = end;
  };
  return {
    elapsed: () => now,
    wait(ms) {
      pass(ms);
      return Promise.resolve();
    },
    every(ms, act) {
      const timer = { at: now + ms, ms, act };
      repeated.add(timer);
      return () => {
        repeated.delete(timer);
      };
    },
    pass,
  };
}
