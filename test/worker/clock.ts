import { setTimeout as sleep } from "node:timers/promises";
import { systemClock, type Clock } from "../../src/timing/clock.ts";
import { until } from "../until.ts";

export interface TurnedClock extends Clock {
  /** If true, `turn` leaves the time of day as it is: Azure's stand-ins have the machine's. */
  keepsTimeOfDay: boolean;
  /**
   * So many milliseconds pass without running a timer, as in a process that is stopped meanwhile.
   * The time of day stays.
   */
  sleep(milliseconds: number): void;
  /**
   * So many milliseconds pass at once. Timers that are due run now, in the order of their times.
   * Timers that these set are due later.
   */
  turn(milliseconds: number): void;
}

interface Timer {
  at: number;
  readonly run: () => void;
}

/**
 * A clock on which no time passes until a test turns it. However busy the machine is, no limit of
 * the app is reached by accident, and a test that waits for one has to turn the clock. The time of
 * day goes on, because Azure's stand-ins compare it with the machine's.
 */
export function createTurnedClock(): TurnedClock {
  let elapsed = 0;
  let turned = 0;
  const timers = new Set<Timer>();
  const clock: TurnedClock = {
    keepsTimeOfDay: false,
    now: () => systemClock.now() + (clock.keepsTimeOfDay ? 0 : turned),
    elapsed: () => elapsed,
    after(milliseconds, run) {
      const timer = { at: elapsed + milliseconds, run };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    closed: systemClock.closed,
    sleep(milliseconds) {
      elapsed += milliseconds;
      for (const timer of timers) timer.at += milliseconds;
    },
    turn(milliseconds) {
      elapsed += milliseconds;
      turned += milliseconds;
      const due = [...timers].filter(({ at }) => at <= elapsed);
      for (const timer of due.toSorted((one, two) => one.at - two.at))
        if (timers.delete(timer)) timer.run();
    },
  };
  return clock;
}

export interface Pace {
  /** So many of the machine's milliseconds pass first: what needs no timer has happened by then. */
  readonly afterMs: number;
  /** From then on the clock is turned by `stepMs`, again and again, every `everyMs`. */
  readonly stepMs: number;
  readonly everyMs: number;
}

/** For a limit or a pause that a test waits for: ten times as fast as the machine's clock. */
const fast: Pace = { afterMs: 300, stepMs: 200, everyMs: 20 };

/** Turns the clock until the promise has settled, and returns what the promise does. */
export async function passing<T>(
  clock: Pick<TurnedClock, "turn">,
  awaited: Promise<T>,
  { afterMs, stepMs, everyMs }: Pace = fast,
): Promise<T> {
  const settled = awaited.then(
    () => true,
    () => true,
  );
  await Promise.race([settled, sleep(afterMs)]);
  while (!(await Promise.race([settled, sleep(everyMs, false)]))) clock.turn(stepMs);
  return awaited;
}

/**
 * For what takes short pauses, but should not reach a limit because the machine is busy: a fifth of
 * the machine's speed.
 */
export const slow: Pace = { afterMs: 100, stepMs: 20, everyMs: 100 };

/** A promise that has settled one millisecond too early is found out in so many of the machine's. */
const tooEarlyMs = 100;

/** Turns the clock to the moment at which something is due, and a moment before it is pending. */
export async function expectSettledAt(
  clock: Pick<TurnedClock, "turn">,
  awaited: Promise<unknown>,
  dueMs: number,
): Promise<void> {
  let settled = false;
  void awaited.then(() => (settled = true));
  clock.turn(dueMs - 1);
  await sleep(tooEarlyMs);
  expect(settled).toBe(false);
  clock.turn(1);
  await until(() => settled);
}
