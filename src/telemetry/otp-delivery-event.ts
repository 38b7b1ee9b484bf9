import type { decide } from "../rules/decision.ts";
import type { CodeRequest } from "../rules/code-request.ts";
import type { Authentication, HookResult, Sent } from "../rules/outcome.ts";
import type { Verdict } from "../guard/guard.ts";
import { type RequestEvent, defineEvent, listed, phoneProperties, textOf } from "./event.ts";

/** No decision depends on these facts. */
export interface HookTrace {
  caller?: Extract<Authentication, { ok: true }>;
  codeRequest?: CodeRequest;
  decision?: ReturnType<typeof decide>;
  guard?: Verdict["facts"];
  sent?: Sent;
  /** What is left to do after the answer. A worker that stops waits for it. */
  afterwards?: Promise<void> | undefined;
  invalidSettings?: readonly string[];
  /** `authenticateMs` and `sendMs` include the wait for a secret. */
  readonly timings: Partial<Record<"authenticateMs" | "parseMs" | "decideMs" | "sendMs", number>>;
}

interface Facts {
  readonly result: HookResult;
  readonly trace: HookTrace;
  readonly phoneHashKey: string | undefined;
  readonly rangeInLog: boolean;
}

/** The event of one request, without OTP code, phone number, text, login and name. */
export const otpDelivery = defineEvent<Facts>("otp-delivery", {
  outcome: ({ result }) => result.outcome,
  reason: ({ result }) => (result.ok ? undefined : result.reason),
  provider: ({ trace }) => trace.sent?.provider,
  otherReason: ({ trace }) => trace.sent?.otherReason,
  passedOver: ({ trace }) => trace.sent?.passedOver,
  channel: ({ trace }) => trace.codeRequest?.channel,
  ...phoneProperties<Facts>(({ trace, phoneHashKey }) => ({
    phoneNumber: trace.decision?.phoneNumber,
    phoneHashKey,
  })),
  eventId: ({ trace }) => trace.codeRequest?.eventId,
  oktaRequestId: ({ trace }) => trace.codeRequest?.oktaRequestId,
  oktaUserId: ({ trace }) => trace.codeRequest?.oktaUserId,
  oktaOrg: ({ trace }) => trace.codeRequest?.oktaOrg,
  requestType: ({ trace }) => trace.codeRequest?.requestType,
  providerCode: ({ result }) => ("code" in result ? result.code : undefined),
  providerId: ({ result }) => ("id" in result ? result.id : undefined),
  oddProviderId: ({ result }) => flag("oddId" in result && result.oddId),
  templateWithoutCode: ({ trace }) => flag(trace.codeRequest?.templateWithoutCode),
  oddPaths: ({ trace }) => listed(trace.codeRequest?.oddPaths),
  authenticatedBy: ({ trace }) => trace.caller?.by,
  secretVersion: ({ trace: { caller } }) =>
    caller?.by === "secret" ? caller.secretVersion : undefined,
  tokenAgeMs: ({ trace: { caller } }) => (caller?.by === "token" ? caller.tokenAgeMs : undefined),
  attempts: ({ trace }) => trace.sent?.attempts.length ?? 0,
  policyReason: ({ trace: { decision } }) => (decision?.ok ? decision.policyReason : undefined),
  range: ({ trace: { guard, decision }, rangeInLog }) =>
    rangeInLog && guard ? decision?.phoneNumber?.range : undefined,
  guardReason: ({ trace }) => trace.guard?.exceeded?.reason,
  guardCount: ({ trace }) => trace.guard?.exceeded?.count,
  guardLimit: ({ trace }) => trace.guard?.exceeded?.limit,
  guardUntil: ({ trace: { guard } }) =>
    guard?.exceeded && new Date(guard.exceeded.untilMs).toISOString(),
  guardDayPercent: ({ trace }) => trace.guard?.dayPercent,
  eventsOnTime: ({ trace }) => textOf(trace.guard?.eventsOnTime),
  wrongPaths: ({ result }) =>
    listed("causes" in result ? result.causes.map(({ path }) => path) : []),
  wrongSettings: ({ trace }) => listed(trace.invalidSettings),
  authenticateMs: ({ trace }) => trace.timings.authenticateMs,
  parseMs: ({ trace }) => trace.timings.parseMs,
  decideMs: ({ trace }) => trace.timings.decideMs,
  sendMs: ({ trace }) => trace.timings.sendMs,
});

export function createOtpDeliveryEvent(
  result: HookResult,
  trace: HookTrace,
  phoneHashKey: string | undefined,
  rangeInLog: boolean,
): RequestEvent {
  const event = otpDelivery.create({ result, trace, phoneHashKey, rangeInLog });
  return { ...event, attempts: trace.sent?.attempts ?? [] };
}

function flag(isSo: boolean | undefined): "true" | undefined {
  return isSo ? "true" : undefined;
}
