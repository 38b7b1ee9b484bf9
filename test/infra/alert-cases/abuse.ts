// Cases of the alerts on unauthenticated calls and toll fraud.
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
      "21 requests had a wrong secret": events(times(21, () => unauthenticated())),
      "one event sums up 5,000 unauthenticated requests": events(unauthenticatedSum(5000)),
    },
    quiet: {
      "20 requests had a wrong secret, and 50 codes were accepted": events(
        times(15, () => unauthenticated()),
        unauthenticatedSum(5),
        times(50, () => accepted()),
      ),
    },
  },
  "refused-spike": {
    fires: {
      "the phone policy refused 21 codes for reasons that point to fraud": events(
        times(18, () => refused()),
        refused({}, "unserved-calling-code"),
        refused({}, "premium-number"),
        refused({}, "country-blocked"),
      ),
      "the phone policy, in record mode, would have refused 21 codes": events(
        times(21, () => accepted({ number: "+8613800138000" })),
      ),
      "the phone policy refused 21 impossible phone numbers": events(
        times(21, () => refused({}, "impossible-number")),
      ),
    },
    quiet: {
      "the phone policy refused only 20 codes for reasons that point to fraud": events(
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
    fires: {
      "one phone number got eleven codes": events(times(11, () => accepted({ number: gb }))),
    },
    quiet: {
      "no phone number got more than ten codes": events(
        times(10, () => accepted({ number: sg, user: "00uone0000000000001" })),
        times(50, (i) => accepted({ number: `+4477009001${10 + i}` })),
        times(50, () => unavailable("secrets-not-loaded")),
      ),
    },
  },
};
