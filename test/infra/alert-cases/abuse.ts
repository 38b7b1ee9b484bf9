// Unauthenticated calls, fraud and pumping.
import type { AlertCases } from "../alert-cases.ts";
import { times } from "../samples/clock.ts";
import { unauthenticatedSum } from "../samples/hooks.ts";
import {
  accepted,
  events,
  gb,
  refused,
  sg,
  unauthenticated,
  unavailable,
} from "../samples/outcomes.ts";

export const abuseCases: AlertCases = {
  unauthenticated: {
    fires: {
      "21 callers had a wrong secret": events(times(21, () => unauthenticated())),
      "5,000 unauthenticated calls were summed in one event": events(unauthenticatedSum(5000)),
    },
    quiet: {
      "20 callers had a wrong secret, and 50 codes were accepted": events(
        times(15, () => unauthenticated()),
        unauthenticatedSum(5),
        times(50, () => accepted()),
      ),
    },
  },
  "refused-spike": {
    fires: {
      "the policy refused 21 codes, for several reasons that fraud causes": events(
        times(18, () => refused()),
        refused({}, "unserved-calling-code"),
        refused({}, "premium-number"),
        refused({}, "country-blocked"),
      ),
      "the policy would have refused 21 codes, in record mode": events(
        times(21, () => accepted({ number: "+8613800138000" })),
      ),
      "21 numbers were impossible": events(times(21, () => refused({}, "impossible-number"))),
    },
    quiet: {
      "the policy refused 20 codes; others were refused for settings, for the person's own number or by the guard, or were sent":
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
    fires: { "one number got eleven codes": events(times(11, () => accepted({ number: gb }))) },
    quiet: {
      "one number got ten codes, other numbers one each, and 50 requests have no number": events(
        times(10, () => accepted({ number: sg, user: "00uone0000000000001" })),
        times(50, (i) => accepted({ number: `+4477009001${10 + i}` })),
        times(50, () => unavailable("secrets-not-loaded")),
      ),
    },
  },
};
