// Cases of the alerts on codes that are not sent or are sent too late.
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
      "three of 59 codes failed, each for another user": events(
        times(56, () => accepted()),
        times(3, () => rejected("rejected-by-provider")),
        times(9, () => refused()),
        times(9, () => unauthenticated()),
        times(9, () => malformed("not-json")),
      ),
      "three requests reached an instance that had no secrets": events(
        times(3, () => unavailable("secrets-not-loaded")),
      ),
    },
    quiet: {
      "only three of 60 codes failed": events(
        times(50, () => accepted()),
        times(7, () => unconfirmed()),
        times(3, () => unavailable("provider-error")),
      ),
      "all codes that failed were for one user": events(
        times(5, () => rejected("invalid-number", { user })),
        times(5, () => unconfirmed()),
        times(5, () => refused()),
      ),
    },
  },
  "country-failing": {
    fires: {
      "more than half of the codes to Singapore failed, but none of 200 codes to Britain": events(
        times(200, () => accepted({ number: gb })),
        times(2, () => accepted({ number: sg })),
        times(2, () => rejected("rejected-by-provider", { number: sg })),
        unavailable("rate-limited", { number: sg }),
        times(9, () => refused({ number: sg })),
      ),
    },
    quiet: {
      "exactly half of the codes to Singapore failed, and half of those to the US": events(
        times(2, () => accepted({ number: sg })),
        unconfirmed({ number: sg }),
        times(3, () => rejected("rejected-by-provider", { number: sg })),
        times(3, () => accepted({ number: us, user })),
        times(3, () => rejected("rejected-by-provider", { number: us })),
      ),
      "codes to each country failed for only one user": events(
        [gb, sg, us].map((number) => rejected("invalid-number", { number })),
        times(3, () => rejected("invalid-number", { number: "+4915112345678", user })),
        times(3, () => unavailable("secrets-not-loaded")),
      ),
    },
  },
  "no-code-accepted": {
    fires: {
      "8x8 accepted none of three codes": events(
        unconfirmed(),
        rejected("invalid-sender"),
        unavailable("rate-limited"),
      ),
      "three requests failed because settings are invalid": events(
        times(3, () => unavailable("settings-wrong")),
      ),
    },
    quiet: {
      "only two codes passed the phone policy, and 8x8 accepted neither": events(
        unconfirmed(),
        unavailable("rate-limited"),
        times(9, () => refused()),
        times(9, () => unauthenticated()),
        malformed("not-json"),
      ),
      "8x8 accepted one of ten codes": events(
        accepted(),
        times(9, () => unconfirmed()),
      ),
    },
  },
  malformed: {
    fires: {
      "the app could not read three requests from Okta": events(
        times(3, (i) => malformed("wrong-shape", { minutes: 10 + 20 * i })),
      ),
      "three of Okta's batches of events were too large": events(
        times(3, () => unreadReport("otp-outcome", { outcome: "malformed", reason: "too-large" })),
      ),
      "Okta sent more events than an instance accepts, three times": events(
        times(3, () =>
          unreadReport("otp-outcome", { outcome: "malformed", reason: "too-many-events" }),
        ),
      ),
    },
    quiet: {
      "the app could not read only two requests, and did not know a factor in Okta's events":
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
      "one of ten requests took more than 80 % of the time limit": events(
        times(6, () => accepted({ durationMs: 300 })),
        rejected("invalid-number", { durationMs: 300 }),
        unavailable("rate-limited", { durationMs: 300 }),
        unconfirmed({ durationMs: 300 }),
        accepted({ durationMs: 2001 }),
      ),
    },
    quiet: {
      "19 of 20 requests took no more than 80 % of the time limit": events(
        times(19, () => accepted({ durationMs: 2000 })),
        accepted({ durationMs: 2400 }),
      ),
      "all requests were slow, but only nine reached 8x8": events(
        times(9, () => accepted({ durationMs: 2400 })),
        times(20, () => refused({ durationMs: 2400 })),
      ),
    },
  },
  "okta-gave-up": {
    fires: {
      "the host logged three answers that took more than 2.9 s": {
        requests: times(3, () => azure.request("/api/okta/telephony", { duration: 2901 })),
      },
      "Okta reports three timeouts, and the host logged no slow answer": {
        customEvents: times(3, (i) => hookFailed(10, { oktaEventId: `a-hook-${i}` })),
      },
    },
    quiet: {
      "only two answers took more than 2.9 s, and health checks were slow": {
        requests: [
          ...times(2, () => azure.request("/api/okta/telephony", { duration: 2901 })),
          ...times(9, () => azure.request("/api/okta/telephony", { duration: 2900 })),
          ...times(9, () => azure.request("/api/health", { duration: 5000 })),
        ],
      },
      "two answers took more than 2.9 s, and Okta reports each of them twice": {
        requests: times(2, () => azure.request("/api/okta/telephony", { duration: 2901 })),
        customEvents: times(4, (i) => hookFailed(10, { oktaEventId: `a-hook-${i % 2}` })),
      },
      "Okta reports nine failed hooks, but no timeout": {
        customEvents: times(9, (i) =>
          hookFailed(10, { oktaEventId: `a-hook-${i}`, reason: "http-status" }),
        ),
      },
    },
  },
  unconfirmed: {
    fires: { "8x8 did not answer three requests in time": events(times(3, () => unconfirmed())) },
    quiet: {
      "8x8 did not answer two requests in time, and rejected nine codes": events(
        times(2, () => unconfirmed()),
        times(9, () => rejected("rejected-by-provider")),
      ),
    },
  },
};
