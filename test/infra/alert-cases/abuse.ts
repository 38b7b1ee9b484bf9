import { type AlertCases, firing } from "../alert-cases.ts";
import { times } from "../samples/clock.ts";
import { accepted, events, gb, refused, sg, unavailable, us } from "../samples/outcomes.ts";

const number = (i: number) => `+4477009001${10 + i}`;
const unfinished = { guard: { reason: "country-unfinished" } } as const;

export const abuseCases: AlertCases = {
  "guard-refuses": {
    fires: {
      "the guard refused codes for three phone numbers": firing(
        events(
          times(3, (i) =>
            refused({ number: number(i), minutes: 59, ...unfinished }, "country-unfinished"),
          ),
        ),
        { rule: "country-unfinished", country: "44" },
      ),
      "the guard, in record mode, would have refused codes by three rules in three countries":
        firing(
          events(
            accepted({ number: sg, guard: { reason: "country-calls" } }),
            accepted({ number: us, guard: { reason: "country-sign-ins" } }),
            times(2, () => accepted({ number: gb, guard: { reason: "number-limit" } })),
            accepted({ number: "+4915112345678", guard: { reason: "user-limit" } }),
          ),
          { rule: "number-limit", country: "several" },
        ),
      "the phone policy refused 21 codes for reasons that point to fraud": firing(
        events(
          times(18, (i) => refused({ number: `+65812345${10 + i}` })),
          refused({}, "unserved-calling-code"),
          refused({}, "premium-number"),
          refused({}, "country-blocked"),
        ),
        { rule: "country-not-allowed", country: "SG" },
      ),
      "the phone policy, in record mode, would have refused 21 codes": firing(
        events(
          times(21, () => accepted({ number: "+8613800138000", user: "00uone", minutes: 14 })),
        ),
        { rule: "country-not-allowed", country: "CN" },
        { rule: "one-number", country: "CN" },
      ),
      "a country has used 80 % of a daily limit": firing(
        events(accepted({ minutes: 59, guard: { dayPercent: 80 } })),
        { rule: "daily-limit", country: "44" },
      ),
      "two countries have used more than a daily limit": firing(
        events(
          [sg, us].map((number) =>
            refused(
              { number, guard: { reason: "country-calls", dayPercent: 101 } },
              "country-calls",
            ),
          ),
        ),
        { rule: "daily-limit", country: "several" },
      ),
      "one phone number got eleven codes": firing(
        events(times(11, () => accepted({ number: gb }))),
        { rule: "one-number", country: "44" },
      ),
    },
    quiet: {
      "the phone policy refused only 20 codes for reasons that point to fraud": events(
        times(20, (i) => refused({ number: number(i) })),
        times(50, (i) => refused({ number: number(i), minutes: 15 })),
        times(50, (i) => refused({ number: number(i) }, "voice-off")),
        times(50, (i) => refused({ number: number(i) }, "number-with-extension")),
        times(50, (i) => refused({ number: number(i) }, "national-number-without-default-country")),
        times(50, (i) => refused({ number: number(i) }, "expired-code")),
      ),
      "a country has used 79 % of a daily limit, or has no limit": events(
        times(50, (i) => accepted({ number: number(i), guard: { dayPercent: 79 } })),
        times(50, (i) => accepted({ number: number(i), guard: {} })),
      ),
      "no phone number got more than ten codes": events(
        times(10, () => accepted({ number: sg, user: "00uone0000000000001" })),
        times(50, (i) => accepted({ number: number(i) })),
        times(50, () => unavailable("secrets-not-loaded")),
      ),
    },
  },
};
