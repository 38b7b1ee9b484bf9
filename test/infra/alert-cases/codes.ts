// Codes do not go out, or too late.
import type { AlertCases } from "../alert-cases.ts";
import * as azure from "../samples/azure.ts";
import { times } from "../samples/clock.ts";
import { unreadReport } from "../samples/reports.ts";
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
      "hooks met an instance without secrets": events(times(3, () => unavailable("secrets-not-loaded"))),
    },
    quiet: {
      "3 of 60 codes failed": events(
        times(50, () => accepted()),
        times(7, () => unconfirmed()),
        times(3, () => unavailable("provider-error")),
      ),
      "one person's bad number failed again and again": events(
        times(5, () => rejected("invalid-number", { user: "00uone0000000000001" })),
      ),
      "8x8 did not answer, or we refused": events(
        times(5, () => unconfirmed()),
        times(5, () => refused()),
      ),
      "it is over": events(times(9, () => unavailable("unreachable", { minutes: 16 }))),
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
      "half of Singapore's codes fail": events(
        times(2, () => accepted({ number: sg })),
        unconfirmed({ number: sg }),
        times(3, () => rejected("rejected-by-provider", { number: sg })),
      ),
      "half of them fail, and the others are one person's": events(
        times(3, () => accepted({ number: sg, user: "00uone0000000000001" })),
        times(3, () => rejected("rejected-by-provider", { number: sg })),
      ),
      "a bad number in each of three countries": events(
        [gb, sg, us].map((number) => rejected("invalid-number", { number })),
      ),
      "one person's bad number": events(
        times(3, () => rejected("invalid-number", { number: sg, user: "00uone0000000000001" })),
      ),
      "no country is known": events(times(3, () => unavailable("secrets-not-loaded"))),
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
      "two codes were tried": events(unconfirmed(), unavailable("rate-limited")),
      "one was accepted": events(
        accepted(),
        times(9, () => unconfirmed()),
      ),
      "our policy let none through": events(
        times(9, () => refused()),
        times(9, () => stranger()),
        malformed("not-json"),
      ),
    },
  },
  malformed: {
    fires: {
      "Okta changed its body": events(times(3, (i) => malformed("wrong-shape", { minutes: 10 + 20 * i }))),
      "batches of Okta's events are too large": events(
        times(3, () => unreadReport("otp-outcome", { outcome: "malformed", reason: "too-large" })),
      ),
    },
    quiet: {
      "one event of many has a new word": events(
        times(9, () => unreadReport("otp-outcome", { outcome: "malformed", reason: "unknown-factor" })),
      ),
      "an administrator tries things": events(times(2, () => malformed("wrong-event-type"))),
      "strangers send anything": events(times(9, () => stranger())),
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
      "one in twenty takes long": events(
        times(19, () => accepted({ durationMs: 300 })),
        accepted({ durationMs: 2400 }),
      ),
      "all take just so long": events(times(10, () => accepted({ durationMs: 2000 }))),
      "there were nine": events(times(9, () => accepted({ durationMs: 2400 }))),
      "those that had no work to do were quick or slow": events(times(20, () => refused({ durationMs: 2400 }))),
    },
  },
  "okta-gave-up": {
    fires: {
      "three came late": { requests: times(3, () => azure.request("/api/okta/telephony", { duration: 2901 })) },
    },
    quiet: {
      "two came late": { requests: times(2, () => azure.request("/api/okta/telephony", { duration: 2901 })) },
      "they came just in time": { requests: times(9, () => azure.request("/api/okta/telephony", { duration: 2900 })) },
      "health was slow": { requests: times(9, () => azure.request("/api/health", { duration: 5000 })) },
    },
  },
  unconfirmed: {
    fires: { "8x8 left three without an answer": events(times(3, () => unconfirmed())) },
    quiet: {
      "it left two": events(times(2, () => unconfirmed())),
      "it said no": events(times(9, () => rejected("rejected-by-provider"))),
    },
  },
};
