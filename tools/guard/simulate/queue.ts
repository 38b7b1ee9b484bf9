import { second, type Time } from "./time.ts";

/** What is to happen, in the order of time. */
export interface Queue {
  /** Not before what runs now. */
  add(at: number, run: (at: number) => void): void;
  /** Runs all that is planned in that time, and what that plans in turn. */
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
