// Codes do not go out, or too late.
import type { AlertCases } from "../alert-cases.ts";
import * as azure from "../samples/azure.ts";
import { times } from "../samples/clock.ts";
import { hookFailed, unreadReport } from "../samples/reports.ts";
import {
  accepted,
  events,
  gb,
  malformed,
  refused,
  rejected,
  sg,
  stranger,
  unavailable,
  unconfirmed,
  us,
} from "../samples/outcomes.ts";

const user = "00uone0000000000001";

export const codesCases: AlertCases = {
  "codes-failing": {
    fires: {
      "3 of 59 codes failed, of three people, and many never were codes": events(
        times(56, () => accepted()),
        times(3, () => rejected("rejected-by-provider")),
        times(9, () => refused()),
        times(9, () => stranger()),
        times(9, () => malformed("not-json")),
      ),
      "hooks met an instance without secrets": events(
        times(3, () => unavailable("secrets-not-loaded")),
      ),
    },
    quiet: {
      "3 of 60 codes failed": events(
        times(50, () => accepted()),
        times(7, () => unconfirmed()),
        times(3, () => unavailable("provider-error")),
      ),
      "one person's bad number failed again and again, 8x8 did not answer, or we refused": events(
        times(5, () => rejected("invalid-number", { user })),
        times(5, () => unconfirmed()),
        times(5, () => refused()),
      ),
    },
  },
  "country-failing": {
    fires: {
      "Singapore's codes fail, and Britain hides it": events(
        times(200, () => accepted({ number: gb })),
        times(2, () => accepted({ number: sg })),
        times(2, () => rejected("rejected-by-provider", { number: sg })),
        unavailable("rate-limited", { number: sg }),
        times(9, () => refused({ number: sg })),
      ),
    },
    quiet: {
      "half of them fail in Singapore, and in America, where the others are one person's": events(
        times(2, () => accepted({ number: sg })),
        unconfirmed({ number: sg }),
        times(3, () => rejected("rejected-by-provider", { number: sg })),
        times(3, () => accepted({ number: us, user })),
        times(3, () => rejected("rejected-by-provider", { number: us })),
      ),
      "a bad number in each of three countries, one person's in a fourth, and no country is known of others":
        events(
          [gb, sg, us].map((number) => rejected("invalid-number", { number })),
          times(3, () => rejected("invalid-number", { number: "+4915112345678", user })),
          times(3, () => unavailable("secrets-not-loaded")),
        ),
    },
  },
  "no-code-accepted": {
    fires: {
      "three codes went three wrong ways": events(
        unconfirmed(),
        rejected("invalid-sender"),
        unavailable("rate-limited"),
      ),
      "settings are wrong": events(times(3, () => unavailable("settings-wrong"))),
    },
    quiet: {
      "two codes were tried, and our policy let no other through": events(
        unconfirmed(),
        unavailable("rate-limited"),
        times(9, () => refused()),
        times(9, () => stranger()),
        malformed("not-json"),
      ),
      "one was accepted": events(
        accepted(),
        times(9, () => unconfirmed()),
      ),
    },
  },
  malformed: {
    fires: {
      "Okta changed its body": events(
        times(3, (i) => malformed("wrong-shape", { minutes: 10 + 20 * i })),
      ),
      "batches of Okta's events are too large": events(
        times(3, () => unreadReport("otp-outcome", { outcome: "malformed", reason: "too-large" })),
      ),
      "more of Okta's events come than an instance takes": events(
        times(3, () =>
          unreadReport("otp-outcome", { outcome: "malformed", reason: "too-many-events" }),
        ),
      ),
    },
    quiet: {
      "an administrator tries two things, events of Okta have a new word, and strangers send anything":
        events(
          times(2, () => malformed("wrong-event-type")),
          times(9, () =>
            unreadReport("otp-outcome", { outcome: "malformed", reason: "unknown-factor" }),
          ),
          times(9, () => stranger()),
        ),
    },
  },
  "hook-slow": {
    fires: {
      "one in ten takes long, however they end": events(
        times(6, () => accepted({ durationMs: 300 })),
        rejected("invalid-number", { durationMs: 300 }),
        unavailable("rate-limited", { durationMs: 300 }),
        unconfirmed({ durationMs: 300 }),
        accepted({ durationMs: 2001 }),
      ),
    },
    quiet: {
      "all take four fifths of the budget, and one in twenty more": events(
        times(19, () => accepted({ durationMs: 2000 })),
        accepted({ durationMs: 2400 }),
      ),
      "nine had work to do": events(
        times(9, () => accepted({ durationMs: 2400 })),
        times(20, () => refused({ durationMs: 2400 })),
      ),
    },
  },
  "okta-gave-up": {
    fires: {
      "three came late": {
        requests: times(3, () => azure.request("/api/okta/telephony", { duration: 2901 })),
      },
      "Okta reports three that timed out, and the host logged none of them": {
        customEvents: times(3, (i) => hookFailed(10, { oktaEventId: `a-hook-${i}` })),
      },
    },
    quiet: {
      "two came late, nine just in time, and health was slow": {
        requests: [
          ...times(2, () => azure.request("/api/okta/telephony", { duration: 2901 })),
          ...times(9, () => azure.request("/api/okta/telephony", { duration: 2900 })),
          ...times(9, () => azure.request("/api/health", { duration: 5000 })),
        ],
      },
      "two came late, and Okta reports the same two, and each of them twice": {
        requests: times(2, () => azure.request("/api/okta/telephony", { duration: 2901 })),
        customEvents: times(4, (i) => hookFailed(10, { oktaEventId: `a-hook-${i % 2}` })),
      },
      "Okta reports nine that failed for another reason": {
        customEvents: times(9, (i) =>
          hookFailed(10, { oktaEventId: `a-hook-${i}`, reason: "http-status" }),
        ),
      },
    },
  },
  unconfirmed: {
    fires: { "8x8 left three without an answer": events(times(3, () => unconfirmed())) },
    quiet: {
      "it left two, and to the others it said no": events(
        times(2, () => unconfirmed()),
        times(9, () => rejected("rejected-by-provider")),
      ),
    },
  },
};
