import { setTimeout as sleep } from "node:timers/promises";
import { systemClock, type Clock } from "../../src/timing/clock.ts";
import { until } from "../until.ts";

export interface TurnedClock extends Clock {
  /** If true, `turn` does not change the time of day, because Azure's stand-ins have real time. */
  keepsTimeOfDay: boolean;
  /** Moves neither timers nor the time of day, as if the process had been frozen. */
  sleep(milliseconds: number): void;
  /** If a timer sets another timer, the new timer runs in a later turn. */
  turn(milliseconds: number): void;
}

interface Timer {
  at: number;
  readonly run: () => void;
}

/**
 * A clock that moves only when a test turns it, so the app keeps its time limits even on a busy
 * machine. The time of day also moves by itself, because Azure's stand-ins compare it with the
 * machine's time.
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
  /** Real milliseconds before the first turn, in which work without timers ends. */
  readonly afterMs: number;
  /** After `afterMs`, the clock turns by `stepMs` every `everyMs` real milliseconds. */
  readonly stepMs: number;
  readonly everyMs: number;
}

/** Ten times real speed, for tests that wait for a limit or a pause. */
const fast: Pace = { afterMs: 300, stepMs: 200, everyMs: 20 };

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

/** A fifth of real speed, at which short pauses end in time even on a busy machine. */
export const slow: Pace = { afterMs: 100, stepMs: 20, everyMs: 100 };

/** Real milliseconds in which `expectSettledAt` can see that a promise settles too early. */
const tooEarlyMs = 100;

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
