import { second, type Time } from "./time.ts";

/** Planned calls, in order of time. */
export interface Queue {
  /** @param at not before the current time. */
  add(at: number, run: (at: number) => void): void;
  /** Runs all calls planned in that time, including calls that are added meanwhile. */
  run(time: Time): void;
}

export function createQueue(): Queue {
  type Planned = readonly [at: number, run: (at: number) => void];
  const bySecond = new Map<number, Planned[]>();
  return {
    add(at, run) {
      const planned = bySecond.get(Math.floor(at / second));
      if (planned === undefined) bySecond.set(Math.floor(at / second), [[at, run]]);
      else planned.push([at, run]);
    },
    run({ from, until }) {
      for (let now = Math.floor(from / second); now * second < until; now++) {
        for (const [at, run] of bySecond.get(now)?.sort(([one], [other]) => one - other) ?? [])
          run(at);
        bySecond.delete(now);
      }
    },
  };
}
