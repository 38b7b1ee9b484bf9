// What the guard says, and whether it hears enough to say it.
import type { AlertCases } from "../alert-cases.ts";
import type { Row } from "../kql-run.ts";
import { times } from "../samples/clock.ts";
import { accepted, events, gb, refused } from "../samples/outcomes.ts";

const number = (i: number) => `+4477009001${10 + i}`;
const unfinished = { guard: { reason: "range-unfinished" } } as const;
const dayMinutes = 24 * 60;

/** Hooks of which each says whether outcomes come in. */
const heard = (eventsOnTime: boolean, count: number, minutes: number): readonly Row[] =>
  times(count, () => accepted({ minutes, guard: { eventsOnTime } }));

export const guardCases: AlertCases = {
  "guard-refuses": {
    fires: {
      "three numbers were refused": events(
        times(3, (i) =>
          refused({ number: number(i), minutes: 59, ...unfinished }, "range-unfinished"),
        ),
      ),
      "they would have been, in record mode, whatever the rule": events(
        accepted({ number: number(0), guard: { reason: "country-budget" } }),
        accepted({ number: number(1), guard: { reason: "user-limit" } }),
        accepted({ number: number(2), guard: { reason: "number-limit" } }),
      ),
      "enrollments look like fraud where a country has no limits, whatever the rule": events(
        (["country-unfinished", "range-unfinished", "unplanned-country"] as const).map(
          (reason, i) => accepted({ number: number(i), guard: { reason, holds: false } }),
        ),
      ),
      "one account enrolls them all": events(
        times(3, (i) =>
          accepted({ number: number(i), user: "00uone0000000000001", ...unfinished }),
        ),
      ),
    },
    quiet: {
      "two people ask again and again, and else it has nothing against them, it is our policy, or limits do not hold":
        events(
          times(9, () =>
            refused({ number: number(0), guard: { reason: "number-limit" } }, "number-limit"),
          ),
          times(9, () =>
            refused({ number: number(1), guard: { reason: "number-limit" } }, "number-limit"),
          ),
          times(50, (i) => accepted({ number: number(i), guard: {} })),
          times(50, (i) => refused({ number: number(i) })),
          times(50, (i) =>
            accepted({ number: number(i), guard: { reason: "country-unused", holds: false } }),
          ),
        ),
    },
  },
  "country-day": {
    fires: {
      "four fifths of it are used up": events(accepted({ minutes: 59, guard: { dayPercent: 80 } })),
      "it is used up": events(
        refused({ guard: { reason: "country-budget", dayPercent: 101 } }, "country-budget"),
      ),
    },
    quiet: {
      "less is, or a country has no limits": events(
        times(50, () => accepted({ guard: { dayPercent: 79 } })),
        times(50, () => accepted({ guard: {} })),
      ),
    },
  },
  "feed-dead": {
    fires: {
      "it lived yesterday": events(heard(true, 1, 2 * dayMinutes - 1), heard(false, 41, 50)),
      "it died two hours ago": events(heard(true, 40, 120), heard(false, 1, 59)),
    },
    quiet: {
      "there never was one": events(heard(false, 500, 50)),
      "the guard believed them once in that hour": events(
        heard(false, 500, 50),
        heard(true, 1, 59),
      ),
      "40 codes had time to be used: others are of a day ago or have just gone out, or 8x8 took none":
        events(
          heard(true, 1, 1.5 * dayMinutes),
          heard(false, 40, 50),
          heard(true, 50, dayMinutes),
          heard(false, 500, 15),
          times(500, () =>
            refused({ minutes: 50, number: gb, guard: { eventsOnTime: false } }, "number-limit"),
          ),
        ),
      "the guard was switched off": events(
        heard(true, 50, 120),
        times(50, () => accepted({ minutes: 50 })),
      ),
      "nobody has asked for an hour": events(heard(true, 50, 180), heard(false, 50, 60)),
    },
  },
};
