import { type AlertCases, firing } from "../alert-cases.ts";
import * as azure from "../samples/azure.ts";
import { times } from "../samples/clock.ts";
import { unauthenticatedSum, type Hook } from "../samples/hooks.ts";
import { fallback, hookFailed, receipt, unreadReport } from "../samples/reports.ts";
import {
  accepted,
  events,
  gb,
  malformed,
  refused,
  rejected,
  rescued,
  sg,
  unauthenticated,
  unavailable,
  unconfirmed,
  us,
} from "../samples/outcomes.ts";

const user = "00uone0000000000001";
const late = (minutes = 10) => azure.request("/api/okta/telephony", { duration: 2901, minutes });

/** Reasons that last until somebody acts. */
const lasting = [
  ...(["key-rejected", "forbidden", "wrong-subaccount", "no-credit"] as const).map(
    (name) => [name, (given: Hook) => rejected(name, given)] as const,
  ),
  ["secrets-not-loaded", (given: Hook) => unavailable("secrets-not-loaded", given)] as const,
];

export const codesCases: AlertCases = {
  "codes-failing": {
    fires: {
      "three codes of two people failed since the last accepted code": firing(
        events(
          accepted({ minutes: 2_000 }),
          times(2, () => unconfirmed({ user, minutes: 1_000 })),
          unavailable("rate-limited"),
          times(9, () => rejected("invalid-number", { user })),
        ),
        { test: "none-accepted", country: "all", reason: "deadline" },
      ),
      "codes of five people failed for their own reasons since the last accepted code": firing(
        events(
          times(5, () => rejected("rejected-by-provider", { minutes: 11 })),
          times(9, () => refused()),
        ),
        { test: "none-accepted", country: "all", reason: "rejected-by-provider" },
      ),
      "no code to two countries was accepted, for a different reason in each": firing(
        events(
          times(3, () => rejected("invalid-text", { number: sg })),
          times(4, () => rejected("invalid-sender", { number: us })),
          times(200, () => accepted({ number: gb, minutes: 5 })),
        ),
        { test: "none-accepted", country: "several", reason: "invalid-sender" },
      ),
      "four of the last 30 codes failed, of three people, all in one country": firing(
        events(
          times(9, () => accepted({ number: sg, minutes: 5 })),
          times(17, () => accepted({ number: gb, minutes: 5 })),
          times(2, () => unavailable("provider-error", { number: sg, user, minutes: 59 })),
          times(2, () => unavailable("provider-error", { number: sg, minutes: 59 })),
        ),
        { test: "many-failed", country: "SG", reason: "provider-error" },
      ),
      "nine of the last 30 codes were for wrong numbers of nine people": firing(
        events(
          times(9, () => rejected("invalid-number", { minutes: 16 })),
          times(21, () => accepted()),
        ),
        { test: "many-failed", country: "all", reason: "invalid-number" },
      ),
      ...Object.fromEntries(
        lasting.map(([name, failed]) => [
          `one of many codes failed because of ${name}`,
          firing(
            events(
              times(50, () => accepted()),
              failed({ minutes: 59 }),
            ),
            { test: "lasting-reason", country: "all", reason: name },
          ),
        ]),
      ),
      "8x8's receipt says that the account has no credit": firing(
        events(
          times(50, () => accepted()),
          receipt({ state: "undelivered", errorCode: 42, reason: "no-credit", minutes: 59 }),
        ),
        { test: "lasting-reason", country: "all", reason: "no-credit" },
      ),
      "8x8 rejected the API key yesterday, and no code was accepted since": firing(
        events(rejected("key-rejected", { minutes: 1_000 })),
        { test: "lasting-reason", country: "all", reason: "key-rejected" },
      ),
      "8x8 rejects the API key, and the second hook may have sent the code": firing(
        events(
          unconfirmed({ provider: "second-hook", otherReason: "key-rejected" }),
          times(9, () => rescued("key-rejected")),
        ),
        { test: "lasting-reason", country: "all", reason: "key-rejected and deadline" },
      ),
    },
    quiet: {
      "one person's codes failed for many reasons": events(
        times(5, () => rejected("invalid-number", { user, minutes: 20 })),
        times(5, () => unconfirmed({ user })),
        unavailable("internal-error", { user }),
      ),
      "two codes failed, and two others for their people's own reasons": events(
        times(2, () => unconfirmed({ minutes: 20 })),
        rejected("invalid-number", { minutes: 20 }),
        rejected("resend-interval", { minutes: 20 }),
        times(9, () => refused()),
        malformed("not-json"),
        receipt({ state: "undelivered", errorCode: 19, reason: "invalid-sender" }),
      ),
      "codes of five people failed for their own reasons within ten minutes": events(
        times(5, () => rejected("invalid-number")),
      ),
      "a code was accepted after three failures, which are as many as of the last 30": events(
        times(3, () => unconfirmed()),
        accepted({ minutes: 9 }),
      ),
      "four of the last 30 codes failed, but for two people, or more than an hour ago": events(
        times(3, () => unconfirmed({ user, number: sg })),
        unconfirmed({ number: sg }),
        times(26, () => accepted({ number: sg, minutes: 5 })),
        times(3, () => unconfirmed({ number: us, minutes: 61 })),
        accepted({ number: us, minutes: 60 }),
      ),
      "eight of the first 20 codes were for wrong numbers": events(
        times(8, () => rejected("invalid-number", { minutes: 16 })),
        times(12, () => accepted()),
      ),
      "in a busy quarter of an hour, nine of 31 codes were for wrong numbers": events(
        accepted({ minutes: 14 }),
        times(9, () => rejected("invalid-number", { minutes: 5 })),
        times(21, () => accepted({ minutes: 4 })),
      ),
      "a setting was wrong and 8x8 rejected the API key, but codes were accepted for an hour":
        events(
          times(9, () => unavailable("invalid-settings", { minutes: 61 })),
          rejected("key-rejected", { minutes: 61 }),
          accepted({ minutes: 60 }),
        ),
      "the second hook rejects its secret, and one answer of 8x8 was too late": events(
        unconfirmed({ otherReason: "key-rejected" }),
        accepted(),
      ),
      "8x8 rejects all codes of npm run accept": events(
        times(9, () => rejected("key-rejected", { user: "00uVerify0000000001" })),
      ),
    },
  },
  "second-provider": {
    fires: {
      "the second hook rescued 100 codes, most of them because 8x8 was unreachable": firing(
        events(
          times(60, (i) => rescued("unreachable", { number: i < 1 ? sg : gb })),
          times(40, () => rescued("deadline")),
        ),
        { provider: "8x8", country: "several", reason: "unreachable" },
      ),
      ...Object.fromEntries(
        lasting.map(([name]) => [
          `the second hook rescued one code, because of ${name}`,
          firing(
            events(
              times(50, () => accepted()),
              times(2, () => rescued("unreachable")),
              rescued(name),
            ),
            { provider: "8x8", country: "44", reason: name },
          ),
        ]),
      ),
      "8x8 rescued three codes that the second hook did not accept": firing(
        events(times(3, () => rescued("provider-error", { provider: "8x8" }))),
        { provider: "second-hook", country: "44", reason: "provider-error" },
      ),
    },
    quiet: {
      "two codes were rescued, and the second hook accepted 100 codes that it got first": events(
        times(2, () => rescued("unreachable")),
        times(100, () => accepted({ provider: "second-hook" })),
      ),
      "neither provider accepted any of nine codes": events(
        times(9, () => rejected("key-rejected", { otherReason: "provider-error" })),
      ),
    },
  },
  "okta-gave-up": {
    fires: {
      "the host logged three answers that took more than 2.9 s": firing(
        { requests: times(3, () => late()) },
        { cause: "answered-late" },
      ),
      "Okta reports three timeouts, but the host logged no slow answer": firing(
        events(
          times(3, () => hookFailed()),
          accepted({ minutes: 9 }),
        ),
        { cause: "answered-late" },
      ),
      "Okta reports three failed hooks, and no request has reached the app since": firing(
        events(
          times(3, () => hookFailed(10, { reason: "other" })),
          accepted({ minutes: 11.1 }),
        ),
        { cause: "cannot-reach" },
      ),
      "four callers were refused during eight minutes, and no code was accepted since": firing(
        events(
          unauthenticated({ minutes: 18 }),
          unauthenticatedSum(3),
          times(40, () => accepted({ minutes: 19 })),
          times(9, () => hookFailed(10, { reason: "http-status" })),
          times(50, () => unavailable("secrets-not-loaded", { minutes: 9 })),
        ),
        { cause: "only-401s" },
      ),
      "the app could not read three requests from Okta, which then sent the codes": firing(
        events(
          times(3, (i) => malformed("wrong-shape", { minutes: 10 + 20 * i })),
          times(3, () => fallback()),
        ),
        { cause: "malformed" },
      ),
      "three of Okta's batches of events were too large": firing(
        events(
          times(3, () =>
            unreadReport("otp-outcome", { outcome: "malformed", reason: "too-large" }),
          ),
        ),
        { cause: "malformed" },
      ),
      "Okta itself sent three of 59 codes": firing(
        events(
          times(56, () => accepted()),
          times(3, () => fallback({ minutes: 29 })),
          // These codes do not count, because 8x8 rejected them.
          times(5, () => rejected("invalid-number")),
        ),
        { cause: "sent-by-okta" },
      ),
    },
    quiet: {
      "only two answers took more than 2.9 s, and health checks were slow": {
        requests: [
          ...times(2, () => late()),
          ...times(9, () => late(15)),
          ...times(9, () => azure.request("/api/okta/telephony", { duration: 2900 })),
          ...times(9, () => azure.request("/api/health", { duration: 5000 })),
        ],
      },
      "two answers took more than 2.9 s, and Okta reports each of them twice": {
        requests: times(2, () => late()),
        customEvents: times(4, (i) => hookFailed(10, { oktaEventId: `a-hook-${i % 2}` })),
      },
      "Okta reports nine failed hooks, but no timeout, and a request has reached the app since":
        events(
          times(9, () => hookFailed(10, { reason: "http-status" })),
          unauthenticated({ minutes: 10.9 }),
        ),
      "50 callers were refused beside accepted codes, or within seven minutes": events(
        times(50, (i) => unauthenticated({ minutes: 20 + i })),
        times(40, () => accepted({ minutes: 19 })),
        times(50, () => unauthenticated({ minutes: 17 })),
        unauthenticated(),
      ),
      "four callers were refused during 14 minutes, which is a usual gap between codes": events(
        accepted({ minutes: 25 }),
        times(2, () => [24, 10].map((minutes) => unauthenticated({ minutes }))).flat(),
      ),
      "three callers were refused": events(
        times(3, (i) => unauthenticated({ minutes: 10 + 10 * i })),
      ),
      "only two requests were unreadable, and Okta's events had a factor that the app does not know":
        events(
          times(2, () => malformed("wrong-event-type")),
          times(9, () =>
            unreadReport("otp-outcome", { outcome: "malformed", reason: "unknown-factor" }),
          ),
          times(9, () => unauthenticated()),
        ),
      "Okta itself sent two of 59 codes, and reported each three times": events(
        times(57, () => accepted({ user })),
        times(2, () => times(3, (i) => fallback({ oktaEventId: `${i}` }))).flat(),
        times(50, () => fallback({ minutes: 30 })),
      ),
      "Okta itself sent half of the codes, all to one user": events(
        times(9, () => fallback({ user })),
        times(9, () => accepted()),
      ),
    },
  },
  "hook-slow": {
    fires: {
      "three of 29 requests used more than 80 % of the time limit, mostly at 8x8": firing(
        events(
          times(13, () => accepted({ durationMs: 2000 })),
          times(13, () => accepted({ durationMs: 100 })),
          times(3, () =>
            accepted({ durationMs: 2001, timings: { authenticateMs: 1, sendMs: 1999 } }),
          ),
        ),
        { cause: "sendMs" },
      ),
      "requests were slow because they waited for the secret": firing(
        events(
          times(3, () =>
            accepted({ durationMs: 2001, timings: { authenticateMs: 1000, sendMs: 900 } }),
          ),
        ),
        { cause: "authenticateMs" },
      ),
    },
    quiet: {
      "three of 30 requests were slow": events(
        times(27, () => rejected("invalid-number")),
        times(3, () => accepted({ durationMs: 2400 })),
      ),
      "two requests were slow, and others reached no provider or got no answer": events(
        times(2, () => unavailable("rate-limited", { durationMs: 2400 })),
        times(9, () => unconfirmed({ durationMs: 2500 })),
        times(9, () => refused({ durationMs: 2400 })),
      ),
    },
  },
};
