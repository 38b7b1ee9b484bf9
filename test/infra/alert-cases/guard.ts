// Cases of the alerts on the guard's refusals and on Okta's events.
import type { AlertCases } from "../alert-cases.ts";
import type { Row } from "../kql-run.ts";
import { times } from "../samples/clock.ts";
import { accepted, events, gb, refused } from "../samples/outcomes.ts";

const number = (i: number) => `+4477009001${10 + i}`;
const unfinished = { guard: { reason: "country-unfinished" } } as const;
const dayMinutes = 24 * 60;

/** Requests whose events record whether Okta's events were on time. */
const heard = (eventsOnTime: boolean, count: number, minutes: number): readonly Row[] =>
  times(count, () => accepted({ minutes, guard: { eventsOnTime } }));

export const guardCases: AlertCases = {
  "guard-refuses": {
    fires: {
      "the guard refused codes for three phone numbers": events(
        times(3, (i) =>
          refused({ number: number(i), minutes: 59, ...unfinished }, "country-unfinished"),
        ),
      ),
      "the guard, in record mode, would have refused codes for three phone numbers": events(
        accepted({ number: number(0), guard: { reason: "country-sign-ins" } }),
        accepted({ number: number(1), guard: { reason: "user-limit" } }),
        accepted({ number: number(2), guard: { reason: "number-limit" } }),
      ),
      "the guard would have refused one user's enrollments of three phone numbers": events(
        times(3, (i) =>
          accepted({ number: number(i), user: "00uone0000000000001", ...unfinished }),
        ),
      ),
    },
    quiet: {
      "the guard refused codes for only two phone numbers": events(
        times(9, () =>
          refused({ number: number(0), guard: { reason: "number-limit" } }, "number-limit"),
        ),
        times(9, () =>
          refused({ number: number(1), guard: { reason: "number-limit" } }, "number-limit"),
        ),
        times(50, (i) => accepted({ number: number(i), guard: {} })),
        times(50, (i) => refused({ number: number(i) })),
      ),
    },
  },
  "country-day": {
    fires: {
      "a country has used 80 % of a daily limit": events(
        accepted({ minutes: 59, guard: { dayPercent: 80 } }),
      ),
      "a country has used more than a daily limit": events(
        refused({ guard: { reason: "country-sign-ins", dayPercent: 101 } }, "country-sign-ins"),
      ),
    },
    quiet: {
      "a country has used 79 % of a daily limit, or has no limit": events(
        times(50, () => accepted({ guard: { dayPercent: 79 } })),
        times(50, () => accepted({ guard: {} })),
      ),
    },
  },
  "feed-dead": {
    fires: {
      "Okta's events were on time within two days, but not while 41 codes were sent": events(
        heard(true, 1, 2 * dayMinutes - 1),
        heard(false, 41, 50),
      ),
      "Okta's events were on time two hours ago, but not in the last hour": events(
        heard(true, 40, 120),
        heard(false, 1, 59),
      ),
    },
    quiet: {
      "Okta's events were never on time": events(heard(false, 500, 50)),
      "Okta's events were on time once in the last hour": events(
        heard(false, 500, 50),
        heard(true, 1, 59),
      ),
      "only 40 accepted codes are older than 15 minutes and younger than a day": events(
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
      "no code was requested in the last hour": events(heard(true, 50, 180), heard(false, 50, 60)),
    },
  },
};
