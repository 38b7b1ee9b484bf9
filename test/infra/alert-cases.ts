// For each alert on logs: telemetry on which it fires, and telemetry, as near to that as can be, on which it is quiet.
import type { RefusedReason, RejectedReason, UnavailableReason } from "../../src/delivery/outcome.ts";
import type { MalformedReason } from "../../src/okta/telephony-request.ts";
import type { Tables } from "./kql-run.ts";
import type { Row } from "./kql-values.ts";
import * as sample from "./sample-telemetry.ts";
import { hook, times, type Hook } from "./sample-telemetry.ts";

export interface AlertCases {
  readonly fires: Readonly<Record<string, Tables>>;
  readonly quiet: Readonly<Record<string, Tables>>;
}

const accepted = (given?: Hook) => hook({ outcome: "accepted", id: "an-id" }, given);
const rejected = (reason: RejectedReason, given?: Hook) => hook({ outcome: "rejected", reason }, given);
const unavailable = (reason: UnavailableReason, given?: Hook) => hook({ outcome: "unavailable", reason }, given);
const unconfirmed = (given?: Hook) => hook({ outcome: "unconfirmed", reason: "deadline" }, given);
const refused = (given?: Hook, reason: RefusedReason = "country-not-allowed") =>
  hook({ outcome: "refused", reason }, given);
const stranger = (given?: Hook) => hook({ outcome: "unauthenticated", reason: "wrong-secret" }, given);
const malformed = (reason: MalformedReason, given?: Hook) =>
  hook({ outcome: "malformed", reason, causes: [{ path: "data", reason }] }, given);
const [gb, sg, us] = ["+447700900123", "+6581234567", "+12025550123"];

const events = (...rows: readonly (Row | readonly Row[])[]): Tables => ({ customEvents: rows.flat() });

/** Megabytes of an environment's daily cap, in percent. */
export type Cap = (percent: number) => number;

export const casesOf = (cap: Cap): Readonly<Record<string, AlertCases>> => ({
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
        times(5, () => rejected("invalid-number", { user: "00u-one" })),
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
      "a bad number in each of three countries": events(
        [gb, sg, us].map((number) => rejected("invalid-number", { number })),
      ),
      "one person's bad number": events(times(3, () => rejected("invalid-number", { number: sg, user: "00u-one" }))),
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
    fires: { "Okta changed its body": events(times(3, (i) => malformed("wrong-shape", { minutes: 10 + 20 * i }))) },
    quiet: {
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
      "three came late": { requests: times(3, () => sample.request("/api/okta/telephony", { duration: 2901 })) },
    },
    quiet: {
      "two came late": { requests: times(2, () => sample.request("/api/okta/telephony", { duration: 2901 })) },
      "they came just in time": { requests: times(9, () => sample.request("/api/okta/telephony", { duration: 2900 })) },
      "health was slow": { requests: times(9, () => sample.request("/api/health", { duration: 5000 })) },
    },
  },
  unconfirmed: {
    fires: { "8x8 left three without an answer": events(times(3, () => unconfirmed())) },
    quiet: {
      "it left two": events(times(2, () => unconfirmed())),
      "it said no": events(times(9, () => rejected("rejected-by-provider"))),
    },
  },
  unauthenticated: {
    fires: {
      "21 callers had a wrong secret": events(times(21, () => stranger())),
      "a flood was summed": events(sample.strangers(5000)),
    },
    quiet: {
      "20 had": events(
        times(15, () => stranger()),
        sample.strangers(5),
      ),
      "it was Okta": events(times(50, () => accepted())),
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
      "they would have been, in record mode": events(times(21, () => accepted({ number: "+8613800138000" }))),
      "they are no numbers": events(times(21, () => refused({}, "impossible-number"))),
    },
    quiet: {
      "20 were": events(times(20, () => refused())),
      "voice is off": events(times(50, () => refused({}, "voice-off"))),
      "they are served": events(times(50, () => accepted({ number: gb }))),
    },
  },
  "one-number": {
    fires: { "eleven users have one": events(times(11, () => accepted({ number: gb }))) },
    quiet: {
      "a person tries ten times": events(times(10, () => accepted({ number: gb, user: "00u-one" }))),
      "everybody has their own": events(times(50, (i) => accepted({ number: `+4477009001${10 + i}` }))),
      "it is not known which": events(times(50, () => unavailable("secrets-not-loaded"))),
    },
  },
  "key-rejected": {
    fires: {
      "the key is wrong": events(rejected("key-rejected")),
      "the address is not allowed": events(rejected("forbidden")),
      "the sub-account is wrong": events(rejected("wrong-subaccount")),
    },
    quiet: { "the number is": events(rejected("invalid-number")) },
  },
  "vault-unreachable": {
    fires: { "a hook met an instance without secrets": events(unavailable("secrets-not-loaded")) },
    quiet: { "8x8 was unreachable": events(unavailable("unreachable")) },
  },
  "vault-denied": {
    fires: { "six calls were turned away": { AZKVAuditLogs: times(6, () => sample.vaultCall(403)) } },
    quiet: {
      "five were": { AZKVAuditLogs: times(5, () => sample.vaultCall(403)) },
      "it asks who is calling, and answers": {
        AZKVAuditLogs: [...times(50, () => sample.vaultCall(401)), ...times(50, () => sample.vaultCall(200))],
      },
    },
  },
  "internal-error": {
    fires: { "the code met what it did not expect": events(unavailable("internal-error")) },
    quiet: { "8x8 failed": events(unavailable("provider-error")) },
  },
  exceptions: {
    fires: { "they last a quarter of an hour": { exceptions: [1, 6, 11, 16].map(sample.exception) } },
    quiet: {
      "a deployment makes fifty in ten minutes": { exceptions: times(50, (i) => sample.exception(6 + i / 5)) },
      "there are none": { exceptions: [] },
    },
  },
  "telemetry-silent": {
    fires: {
      "the hook tells of three in four": {
        requests: times(12, () => sample.request("/api/okta/telephony")),
        customEvents: times(9, () => accepted()),
      },
      "the app tells of three answers in four": {
        availabilityResults: times(40, () => sample.availabilityResult("1")),
        requests: times(30, () => sample.request("/api/health")),
      },
      "the hook tells of other things": {
        requests: times(12, () => sample.request("/api/okta/telephony")),
        customEvents: times(12, () => sample.anotherEvent(accepted())),
      },
      "the app answers and tells nothing": { availabilityResults: times(10, () => sample.availabilityResult("1")) },
      "the same, as Azure may also write it": {
        availabilityResults: times(10, () => sample.availabilityResult("True")),
      },
    },
    quiet: {
      "the hook tells of four in five": {
        requests: times(15, () => sample.request("/api/okta/telephony")),
        customEvents: times(12, () => accepted()),
      },
      "strangers were summed": {
        requests: times(100, () => sample.request("/api/okta/telephony")),
        customEvents: [...times(60, () => stranger()), sample.strangers(40)],
      },
      "all is told of": {
        availabilityResults: times(50, () => sample.availabilityResult("1")),
        requests: times(55, () => sample.request("/api/health")),
      },
      "nine came": { requests: times(9, () => sample.request("/api/okta/telephony")) },
      "events are on their way": { requests: times(50, () => sample.request("/api/okta/telephony", { minutes: 5 })) },
      "the app did not answer": { availabilityResults: times(50, () => sample.availabilityResult("0")) },
    },
  },
  "daily-cap": {
    fires: { "more than four fifths came within a day": { Usage: times(9, () => sample.usage(cap(9))) } },
    quiet: {
      "four fifths came": { Usage: times(8, () => sample.usage(cap(10))) },
      "a part of it costs nothing": { Usage: [sample.usage(cap(80)), sample.usage(cap(50), { IsBillable: false })] },
      "it came the day before": { Usage: [sample.usage(cap(90), { minutes: 25 * 60 })] },
    },
  },
  "no-traffic": {
    fires: {
      "nobody called": events(),
      "there was another event": events(sample.anotherEvent(accepted())),
      "somebody did, the day before": events(accepted({ minutes: 25 * 60 })),
    },
    quiet: { "one did": events(accepted({ minutes: 23 * 60 })) },
  },
  "secret-expiry": {
    fires: {
      "one of two expires within 30 days": {
        customMetrics: [sample.secretDaysLeft("a", 179), sample.secretDaysLeft("b", 29.9)],
      },
      "it has expired": { customMetrics: [sample.secretDaysLeft("a", -1)] },
      "one instance still has the older version": {
        customMetrics: [sample.secretDaysLeft("a", 179), sample.secretDaysLeft("a", 20)],
      },
    },
    quiet: {
      "it was rotated": { customMetrics: [sample.secretDaysLeft("a", 30.1)] },
      "nothing is told": { customMetrics: [] },
      "it is another metric": { customMetrics: [sample.anotherEvent(sample.secretDaysLeft("a", 20))] },
    },
  },
});
