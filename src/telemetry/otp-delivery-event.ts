import type { Authentication } from "../auth/authentication.ts";
import type { decide } from "../delivery/decision.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { Attempt, HookResult } from "../delivery/outcome.ts";
import type { Verdict } from "../guard/delivery-guard.ts";
import type { RequestEvent } from "./exporter.ts";
import { defineEvent, listed, phoneProperties, textOf } from "./properties.ts";

/** The facts about one request, step by step. They are recorded, and decide nothing. */
export interface HookTrace {
  caller?: Extract<Authentication, { ok: true }>;
  delivery?: OtpDelivery;
  decision?: ReturnType<typeof decide>;
  guard?: Verdict["facts"];
  attempts?: readonly Attempt[];
  invalidSettings?: readonly string[];
  /** Waiting for a secret counts in the step that needs it: authenticateMs or sendMs. */
  readonly timings: Partial<Record<"authenticateMs" | "parseMs" | "decideMs" | "sendMs", number>>;
}

interface Facts {
  readonly result: HookResult;
  readonly trace: HookTrace;
  readonly phoneHashKey: string | undefined;
}

/** The event of one request. It has no code, number, text, login or name. */
export const otpDelivery = defineEvent<Facts>("otp-delivery", {
  outcome: { value: ({ result }) => result.outcome, person: "outcome" },
  reason: { value: ({ result }) => (result.ok ? undefined : result.reason), person: "reason" },
  channel: { value: ({ trace }) => trace.delivery?.channel, person: "channel" },
  ...phoneProperties<Facts>(({ trace, phoneHashKey }) => ({
    phoneNumber: trace.decision?.phoneNumber,
    phoneHashKey,
  })),
  eventId: { value: ({ trace }) => trace.delivery?.eventId, person: "event" },
  oktaRequestId: { value: ({ trace }) => trace.delivery?.oktaRequestId, person: "request" },
  oktaUserId: { value: ({ trace }) => trace.delivery?.oktaUserId, person: "user id" },
  oktaOrg: { value: ({ trace }) => trace.delivery?.oktaOrg, person: "org's host" },
  requestType: { value: ({ trace }) => trace.delivery?.requestType, person: "request type" },
  providerCode: { value: ({ result }) => ("code" in result ? result.code : undefined) },
  providerId: {
    value: ({ result }) => ("id" in result ? result.id : undefined),
    person: "8x8's id",
  },
  oddProviderId: { value: ({ result }) => flag("oddId" in result && result.oddId) },
  templateWithoutCode: { value: ({ trace }) => flag(trace.delivery?.templateWithoutCode) },
  oddPaths: { value: ({ trace }) => listed(trace.delivery?.oddPaths) },
  authenticatedBy: { value: ({ trace }) => trace.caller?.by },
  secretVersion: {
    value: ({ trace: { caller } }) => (caller?.by === "secret" ? caller.secretVersion : undefined),
  },
  tokenAgeMs: {
    value: ({ trace: { caller } }) => (caller?.by === "token" ? caller.tokenAgeMs : undefined),
  },
  attempts: { value: ({ trace }) => trace.attempts?.length ?? 0 },
  policyReason: {
    value: ({ trace: { decision } }) => (decision?.ok ? decision.policyReason : undefined),
    person: "reason",
  },
  range: {
    value: ({ trace: { guard, decision } }) => guard && decision?.phoneNumber?.range,
    person: "range",
  },
  guardReason: { value: ({ trace }) => trace.guard?.exceeded?.reason, person: "reason" },
  guardCount: { value: ({ trace }) => trace.guard?.exceeded?.count },
  guardLimit: { value: ({ trace }) => trace.guard?.exceeded?.limit },
  guardUntil: {
    value: ({ trace: { guard } }) =>
      guard?.exceeded && new Date(guard.exceeded.untilMs).toISOString(),
  },
  guardHolds: { value: ({ trace }) => textOf(trace.guard?.exceeded?.enforced) },
  guardDayPercent: { value: ({ trace }) => trace.guard?.dayPercent },
  eventsOnTime: { value: ({ trace }) => textOf(trace.guard?.eventsOnTime) },
  wrongPaths: {
    value: ({ result }) => listed("causes" in result ? result.causes.map(({ path }) => path) : []),
  },
  wrongSettings: { value: ({ trace }) => listed(trace.invalidSettings) },
  authenticateMs: { value: ({ trace }) => trace.timings.authenticateMs },
  parseMs: { value: ({ trace }) => trace.timings.parseMs },
  decideMs: { value: ({ trace }) => trace.timings.decideMs },
  sendMs: { value: ({ trace }) => trace.timings.sendMs },
});

export function createOtpDeliveryEvent(
  result: HookResult,
  trace: HookTrace,
  phoneHashKey: string | undefined,
): RequestEvent {
  const event = otpDelivery.create({ result, trace, phoneHashKey });
  return { ...event, attempts: trace.attempts ?? [] };
}

function flag(isSo: boolean | undefined): "true" | undefined {
  return isSo ? "true" : undefined;
}
