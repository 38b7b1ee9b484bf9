import { type AlertCases, firing } from "../alert-cases.ts";
import * as azure from "../samples/azure.ts";
import { times } from "../samples/clock.ts";
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

export const codesCases: AlertCases = {
  "codes-failing": {
    fires: {
      "three of 59 codes failed, each for a different user": firing(
        events(
          times(56, () => accepted()),
          times(3, () => rejected("rejected-by-provider")),
          times(9, () => refused()),
          times(9, () => unauthenticated()),
          times(9, () => malformed("not-json")),
        ),
        { country: "44", reason: "rejected-by-provider" },
      ),
      "three codes to three countries failed for three reasons": firing(
        events(
          unavailable("unreachable", { number: sg }),
          rejected("invalid-text", { number: us }),
          times(2, () => rejected("insecure-protocol", { number: "+4915112345678" })),
          rejected("rejected-by-provider", { number: gb }),
        ),
        { country: "several", reason: "insecure-protocol" },
      ),
      "three requests reached an instance that had no secrets": firing(
        events(times(3, () => unavailable("secrets-not-loaded"))),
        { country: "several", reason: "secrets-not-loaded" },
      ),
      "more than half of the codes to Singapore failed, but none of 200 codes to Britain": firing(
        events(
          times(200, () => accepted({ number: gb })),
          times(2, () => accepted({ number: sg })),
          times(2, () => rejected("rejected-by-provider", { number: sg })),
          unavailable("rate-limited", { number: sg }),
          times(9, () => refused({ number: sg })),
        ),
        { country: "SG", reason: "rejected-by-provider" },
      ),
      "8x8 was unreachable for three codes, and the second hook, which was asked first, rejected them":
        firing(
          events(
            times(3, () =>
              rejected("key-rejected", { provider: "second-hook", otherReason: "unreachable" }),
            ),
          ),
          { country: "44", reason: "unreachable and key-rejected" },
        ),
      "all codes to two countries failed, with a different reason for each country": firing(
        events(
          times(200, () => accepted({ number: gb })),
          times(3, () => rejected("invalid-text", { number: sg })),
          times(3, () => rejected("invalid-number", { number: us })),
        ),
        { country: "US", reason: "invalid-number" },
        { country: "SG", reason: "invalid-text" },
      ),
    },
    quiet: {
      "the second hook rescued 100 codes": events(times(100, () => rescued("provider-error"))),
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
      "exactly half of the codes to Singapore failed, and codes to the US failed for only one user":
        events(
          times(200, () => accepted({ number: gb })),
          times(2, () => accepted({ number: sg })),
          unconfirmed({ number: sg }),
          times(3, () => rejected("rejected-by-provider", { number: sg })),
          times(3, () => rejected("rejected-by-provider", { number: us, user })),
        ),
    },
  },
  "second-provider": {
    fires: {
      "the second hook rescued 100 codes, most of them because 8x8 was unreachable": firing(
        events(
          times(60, () => rescued("unreachable")),
          times(40, () => rescued("deadline")),
        ),
        { provider: "8x8", reason: "unreachable" },
      ),
      "the second hook rescued one code, because 8x8 rejects the API key": firing(
        events(
          times(50, () => accepted()),
          times(2, () => rescued("unreachable")),
          rescued("key-rejected"),
        ),
        { provider: "8x8", reason: "key-rejected" },
      ),
      "the second hook rescued one code, because the account has no credit": firing(
        events(rescued("no-credit")),
        { provider: "8x8", reason: "no-credit" },
      ),
      "the second hook rescued one code, because the vault has no key": firing(
        events(rescued("secrets-not-loaded")),
        { provider: "8x8", reason: "secrets-not-loaded" },
      ),
      "the second hook rescued three codes with a wrong sender": firing(
        events(times(3, () => rescued("invalid-sender"))),
        { provider: "8x8", reason: "invalid-sender" },
      ),
      "8x8 rescued three codes that the second hook did not accept": firing(
        events(times(3, () => rescued("provider-error", { provider: "8x8" }))),
        { provider: "second-hook", reason: "provider-error" },
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
  "no-code-accepted": {
    fires: {
      "8x8 rejects the API key, and the second hook is down": firing(
        events(rejected("key-rejected", { otherReason: "provider-error" }), accepted()),
        { reason: "key-rejected and provider-error" },
      ),
      "8x8 rejects the API key, and the second hook may have sent the code": firing(
        events(
          unconfirmed({ provider: "second-hook", otherReason: "key-rejected" }),
          times(9, () => rescued("key-rejected")),
        ),
        { reason: "key-rejected and deadline" },
      ),
      "8x8 accepted none of four codes": firing(
        events(
          unconfirmed(),
          rejected("invalid-sender"),
          times(2, () => unavailable("rate-limited")),
        ),
        { reason: "rate-limited" },
      ),
      "three requests failed because settings are invalid": firing(
        events(times(3, () => unavailable("settings-wrong"))),
        { reason: "settings-wrong" },
      ),
      "8x8 rejects the API key for one of many codes": firing(
        events(
          times(50, () => accepted()),
          times(9, () => rejected("invalid-number")),
          rejected("key-rejected"),
        ),
        { reason: "key-rejected" },
      ),
      "8x8 does not allow the app's address": firing(events(rejected("forbidden")), {
        reason: "forbidden",
      }),
      "8x8 does not know the sub-account": firing(events(rejected("wrong-subaccount")), {
        reason: "wrong-subaccount",
      }),
      "8x8's reply says that the account has no credit": firing(events(rejected("no-credit")), {
        reason: "no-credit",
      }),
      "8x8's receipt says that the account has no credit": firing(
        events(
          times(50, () => accepted()),
          receipt({ state: "undelivered", errorCode: 42, reason: "no-credit", minutes: 14 }),
        ),
        { reason: "no-credit" },
      ),
      "a request reached an instance that had no secrets": firing(
        events(unavailable("secrets-not-loaded"), accepted()),
        { reason: "secrets-not-loaded" },
      ),
    },
    quiet: {
      "one person asks five times, at a wrong number and then too soon": events(
        times(3, () => rejected("invalid-number", { user })),
        times(2, () => rejected("resend-interval", { user })),
      ),
      "the second hook rescued 100 codes": events(
        times(50, () => rescued("key-rejected")),
        times(50, () => rescued("unreachable")),
      ),
      "the second hook rejects its secret, and one answer of 8x8 was too late": events(
        unconfirmed({ otherReason: "key-rejected" }),
        accepted(),
      ),
      "only two codes passed the phone policy, and 8x8 accepted neither": events(
        unconfirmed(),
        unavailable("unreachable"),
        times(9, () => refused()),
        times(9, () => unauthenticated()),
        malformed("not-json"),
        receipt({ state: "undelivered", errorCode: 15 }),
        receipt({ state: "undelivered", errorCode: 19, reason: "invalid-sender" }),
      ),
      "8x8 accepted one of ten codes": events(
        accepted(),
        times(8, () => unconfirmed()),
        rejected("invalid-number"),
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
        events(times(3, (i) => hookFailed(10, { oktaEventId: `a-hook-${i}` }))),
        { cause: "answered-late" },
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
      "Okta itself sent three codes, and no request reached the app": firing(
        events(times(3, () => fallback())),
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
      "Okta reports nine failed hooks, but no timeout": events(
        times(9, (i) => hookFailed(10, { oktaEventId: `a-hook-${i}`, reason: "http-status" })),
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
      "one of ten requests used more than 80 % of the time limit, mostly at 8x8": firing(
        events(
          times(7, () => accepted({ durationMs: 300 })),
          rejected("invalid-number", { durationMs: 300 }),
          unavailable("rate-limited", { durationMs: 300 }),
          accepted({ durationMs: 2001, timings: { authenticateMs: 1, sendMs: 1999 } }),
        ),
        { cause: "sendMs" },
      ),
      "requests were slow because they waited for the secret": firing(
        events(
          times(10, () =>
            accepted({ durationMs: 2001, timings: { authenticateMs: 1000, sendMs: 900 } }),
          ),
        ),
        { cause: "authenticateMs" },
      ),
      "8x8 did not answer three requests in time": firing(events(times(3, () => unconfirmed())), {
        cause: "no-answer-from-8x8",
      }),
      "8x8 rejected three codes, and the second hook did not answer in time for these codes":
        firing(
          events(
            times(3, () => unconfirmed({ provider: "second-hook", otherReason: "invalid-sender" })),
          ),
          { cause: "no-answer-from-second-hook" },
        ),
    },
    quiet: {
      "19 of 20 requests used at most 80 % of the time limit": events(
        times(19, () => accepted({ durationMs: 2000 })),
        accepted({ durationMs: 2400 }),
      ),
      "all requests were slow, but only nine reached 8x8": events(
        times(9, () => accepted({ durationMs: 2400 })),
        times(20, () => refused({ durationMs: 2400 })),
      ),
      "8x8 did not answer two requests in time, and rejected nine codes": events(
        times(2, () => unconfirmed()),
        times(9, () => rejected("rejected-by-provider")),
      ),
    },
  },
};
