// The guard's refusals, and whether Okta's events reach it.
import type { AlertCases } from "../alert-cases.ts";
import type { Row } from "../kql-run.ts";
import { times } from "../samples/clock.ts";
import { accepted, events, gb, refused } from "../samples/outcomes.ts";

const number = (i: number) => `+4477009001${10 + i}`;
const unfinished = { guard: { reason: "range-unfinished" } } as const;
const dayMinutes = 24 * 60;

/** Requests whose events record whether Okta's events were on time. */
const heard = (eventsOnTime: boolean, count: number, minutes: number): readonly Row[] =>
  times(count, () => accepted({ minutes, guard: { eventsOnTime } }));

export const guardCases: AlertCases = {
  "guard-refuses": {
    fires: {
      "the guard refused three numbers": events(
        times(3, (i) =>
          refused({ number: number(i), minutes: 59, ...unfinished }, "range-unfinished"),
        ),
      ),
      "the guard would have refused three numbers, in record mode, for any limit": events(
        accepted({ number: number(0), guard: { reason: "country-budget" } }),
        accepted({ number: number(1), guard: { reason: "user-limit" } }),
        accepted({ number: number(2), guard: { reason: "number-limit" } }),
      ),
      "enrollments look like fraud in a country without limits": events(
        (["country-unfinished", "range-unfinished", "unplanned-country"] as const).map(
          (reason, i) => accepted({ number: number(i), guard: { reason, holds: false } }),
        ),
      ),
      "one user enrolled three numbers": events(
        times(3, (i) =>
          accepted({ number: number(i), user: "00uone0000000000001", ...unfinished }),
        ),
      ),
    },
    quiet: {
      "only two numbers were refused; others were allowed, refused by our policy, or over a limit that only records":
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
      "80 % of the day's limit is used": events(
        accepted({ minutes: 59, guard: { dayPercent: 80 } }),
      ),
      "the whole limit of the day is used": events(
        refused({ guard: { reason: "country-budget", dayPercent: 101 } }, "country-budget"),
      ),
    },
    quiet: {
      "79 % of the day's limit is used, or a country has no limits": events(
        times(50, () => accepted({ guard: { dayPercent: 79 } })),
        times(50, () => accepted({ guard: {} })),
      ),
    },
  },
  "feed-dead": {
    fires: {
      "events were on time yesterday, and 41 codes had time to be used": events(
        heard(true, 1, 2 * dayMinutes - 1),
        heard(false, 41, 50),
      ),
      "events were on time two hours ago, and 41 codes had time to be used": events(
        heard(true, 40, 120),
        heard(false, 1, 59),
      ),
    },
    quiet: {
      "events were never on time": events(heard(false, 500, 50)),
      "events were on time once in that hour": events(heard(false, 500, 50), heard(true, 1, 59)),
      "only 40 codes had time to be used; others are too old, too recent or refused": events(
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
      "no code was requested for an hour": events(heard(true, 50, 180), heard(false, 50, 60)),
    },
  },
};
