// Somebody tries what should not work.
import type { AlertCases } from "../alert-cases.ts";
import { times } from "../samples/clock.ts";
import { strangers } from "../samples/hooks.ts";
import { accepted, events, gb, refused, sg, stranger, unavailable } from "../samples/outcomes.ts";

export const abuseCases: AlertCases = {
  unauthenticated: {
    fires: {
      "21 callers had a wrong secret": events(times(21, () => stranger())),
      "a flood was summed": events(strangers(5000)),
    },
    quiet: {
      "20 had, and the others were Okta": events(
        times(15, () => stranger()),
        strangers(5),
        times(50, () => accepted()),
      ),
    },
  },
  "refused-spike": {
    fires: {
      "21 numbers were refused, for all that fraud meets": events(
        times(18, () => refused()),
        refused({}, "unserved-calling-code"),
        refused({}, "premium-number"),
        refused({}, "country-blocked"),
      ),
      "they would have been, in record mode": events(
        times(21, () => accepted({ number: "+8613800138000" })),
      ),
      "they are no numbers": events(times(21, () => refused({}, "impossible-number"))),
    },
    quiet: {
      "20 were, and else voice is off, numbers are people's own, the guard refuses, or they are served":
        events(
          times(20, () => refused()),
          times(50, () => refused({}, "voice-off")),
          times(50, () => refused({}, "number-with-extension")),
          times(50, () => refused({}, "national-number-without-default-country")),
          times(50, () => refused({}, "expired-code")),
          times(50, () => refused({ guard: { reason: "number-limit" } }, "number-limit")),
          times(50, () => accepted({ number: gb })),
        ),
    },
  },
  "one-number": {
    fires: { "eleven users have one": events(times(11, () => accepted({ number: gb }))) },
    quiet: {
      "a person tries ten times, everybody else has their own, or it is not known which": events(
        times(10, () => accepted({ number: sg, user: "00uone0000000000001" })),
        times(50, (i) => accepted({ number: `+4477009001${10 + i}` })),
        times(50, () => unavailable("secrets-not-loaded")),
      ),
    },
  },
};
