import { systemClock, type Clock } from "../../src/timing/clock.ts";

export interface TurnedClock extends Clock {
  /**
   * Where what runs beside the program has the machine's time of day, turning it is not to change
   * the program's.
   */
  keepsTimeOfDay: boolean;
  /**
   * So many milliseconds pass in which no timer runs, as in a process that is stopped meanwhile.
   * The time of day stays.
   */
  sleep(milliseconds: number): void;
  /**
   * So many milliseconds pass at once: what was due in them runs now, in its order, and what that
   * sets is due later.
   */
  turn(milliseconds: number): void;
}

interface Timer {
  at: number;
  readonly run: () => void;
  stop: () => void;
}

/**
 * So much slower than the machine's: no limit of the program passes because a machine has much to
 * do.
 */
const slower = 5;

/** A clock that is slow, until a test turns it. */
export function createTurnedClock(): TurnedClock {
  const start = systemClock.elapsed();
  let ahead = 0;
  let asleep = 0;
  const timers = new Set<Timer>();
  const elapsed = () => start + (systemClock.elapsed() - start) / slower + ahead + asleep;
  const arm = (timer: Timer): void => {
    timer.stop = systemClock.after(Math.max(0, (timer.at - elapsed()) * slower), timer.run);
  };
  const clock: TurnedClock = {
    keepsTimeOfDay: false,
    now: () => systemClock.now() + (clock.keepsTimeOfDay ? 0 : Math.round(ahead)),
    elapsed,
    after(milliseconds, act) {
      const timer: Timer = {
        at: elapsed() + milliseconds,
        run: () => {
          if (timers.delete(timer)) act();
        },
        stop: () => undefined,
      };
      timers.add(timer);
      arm(timer);
      return () => {
        timers.delete(timer);
        timer.stop();
      };
    },
    closed: systemClock.closed,
    sleep(milliseconds) {
      asleep += milliseconds;
      for (const timer of timers) {
        timer.stop();
        timer.at += milliseconds;
        arm(timer);
      }
    },
    turn(milliseconds) {
      ahead += milliseconds;
      for (const timer of [...timers].toSorted((one, two) => one.at - two.at)) {
        timer.stop();
        if (timer.at <= elapsed()) timer.run();
        else if (timers.has(timer)) arm(timer);
      }
    },
  };
  return clock;
}
