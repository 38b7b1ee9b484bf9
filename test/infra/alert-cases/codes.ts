// Codes that are not sent, or sent too late.
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
  unauthenticated,
  unavailable,
  unconfirmed,
  us,
} from "../samples/outcomes.ts";

const user = "00uone0000000000001";

export const codesCases: AlertCases = {
  "codes-failing": {
    fires: {
      "3 of 59 codes failed, for three people; refused and unauthenticated requests do not count":
        events(
          times(56, () => accepted()),
          times(3, () => rejected("rejected-by-provider")),
          times(9, () => refused()),
          times(9, () => unauthenticated()),
          times(9, () => malformed("not-json")),
        ),
      "three requests met an instance without secrets": events(
        times(3, () => unavailable("secrets-not-loaded")),
      ),
    },
    quiet: {
      "3 of 60 codes failed": events(
        times(50, () => accepted()),
        times(7, () => unconfirmed()),
        times(3, () => unavailable("provider-error")),
      ),
      "one person's number failed five times, and others were unconfirmed or refused": events(
        times(5, () => rejected("invalid-number", { user })),
        times(5, () => unconfirmed()),
        times(5, () => refused()),
      ),
    },
  },
  "country-failing": {
    fires: {
      "more than half of Singapore's codes failed among many that Britain accepted": events(
        times(200, () => accepted({ number: gb })),
        times(2, () => accepted({ number: sg })),
        times(2, () => rejected("rejected-by-provider", { number: sg })),
        unavailable("rate-limited", { number: sg }),
        times(9, () => refused({ number: sg })),
      ),
    },
    quiet: {
      "exactly half of the codes failed in Singapore and in America": events(
        times(2, () => accepted({ number: sg })),
        unconfirmed({ number: sg }),
        times(3, () => rejected("rejected-by-provider", { number: sg })),
        times(3, () => accepted({ number: us, user })),
        times(3, () => rejected("rejected-by-provider", { number: us })),
      ),
      "one number failed in each of three countries, one person's in a fourth, and the other failures have no country":
        events(
          [gb, sg, us].map((number) => rejected("invalid-number", { number })),
          times(3, () => rejected("invalid-number", { number: "+4915112345678", user })),
          times(3, () => unavailable("secrets-not-loaded")),
        ),
    },
  },
  "no-code-accepted": {
    fires: {
      "three codes ended in three ways, none accepted": events(
        unconfirmed(),
        rejected("invalid-sender"),
        unavailable("rate-limited"),
      ),
      "settings are wrong": events(times(3, () => unavailable("settings-wrong"))),
    },
    quiet: {
      "only two codes passed our policy, and none was accepted": events(
        unconfirmed(),
        unavailable("rate-limited"),
        times(9, () => refused()),
        times(9, () => unauthenticated()),
        malformed("not-json"),
      ),
      "one code was accepted": events(
        accepted(),
        times(9, () => unconfirmed()),
      ),
    },
  },
  malformed: {
    fires: {
      "three bodies from Okta could not be read": events(
        times(3, (i) => malformed("wrong-shape", { minutes: 10 + 20 * i })),
      ),
      "three batches of Okta's events were too large": events(
        times(3, () => unreadReport("otp-outcome", { outcome: "malformed", reason: "too-large" })),
      ),
      "Okta sent more events than an instance accepts": events(
        times(3, () =>
          unreadReport("otp-outcome", { outcome: "malformed", reason: "too-many-events" }),
        ),
      ),
    },
    quiet: {
      "two bodies could not be read, Okta's events had an unknown factor, and unauthenticated callers sent anything":
        events(
          times(2, () => malformed("wrong-event-type")),
          times(9, () =>
            unreadReport("otp-outcome", { outcome: "malformed", reason: "unknown-factor" }),
          ),
          times(9, () => unauthenticated()),
        ),
    },
  },
  "hook-slow": {
    fires: {
      "one in ten requests is slow, whatever the outcomes": events(
        times(6, () => accepted({ durationMs: 300 })),
        rejected("invalid-number", { durationMs: 300 }),
        unavailable("rate-limited", { durationMs: 300 }),
        unconfirmed({ durationMs: 300 }),
        accepted({ durationMs: 2001 }),
      ),
    },
    quiet: {
      "all requests take 80 % of the budget, and one in twenty more": events(
        times(19, () => accepted({ durationMs: 2000 })),
        accepted({ durationMs: 2400 }),
      ),
      "only nine requests reached 8x8": events(
        times(9, () => accepted({ durationMs: 2400 })),
        times(20, () => refused({ durationMs: 2400 })),
      ),
    },
  },
  "okta-gave-up": {
    fires: {
      "three answers came late": {
        requests: times(3, () => azure.request("/api/okta/telephony", { duration: 2901 })),
      },
      "Okta reports three timeouts, and the host logged none of them": {
        customEvents: times(3, (i) => hookFailed(10, { oktaEventId: `a-hook-${i}` })),
      },
    },
    quiet: {
      "two answers came late, nine just in time, and health checks were slow": {
        requests: [
          ...times(2, () => azure.request("/api/okta/telephony", { duration: 2901 })),
          ...times(9, () => azure.request("/api/okta/telephony", { duration: 2900 })),
          ...times(9, () => azure.request("/api/health", { duration: 5000 })),
        ],
      },
      "two answers came late, and Okta reports the same two twice": {
        requests: times(2, () => azure.request("/api/okta/telephony", { duration: 2901 })),
        customEvents: times(4, (i) => hookFailed(10, { oktaEventId: `a-hook-${i % 2}` })),
      },
      "Okta reports nine failures that are not timeouts": {
        customEvents: times(9, (i) =>
          hookFailed(10, { oktaEventId: `a-hook-${i}`, reason: "http-status" }),
        ),
      },
    },
  },
  unconfirmed: {
    fires: { "8x8 did not answer for three codes": events(times(3, () => unconfirmed())) },
    quiet: {
      "8x8 did not answer for two codes, and rejected nine": events(
        times(2, () => unconfirmed()),
        times(9, () => rejected("rejected-by-provider")),
      ),
    },
  },
};
