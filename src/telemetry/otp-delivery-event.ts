import type { decide } from "../rules/decision.ts";
import type { CodeRequest } from "../rules/code-request.ts";
import type { Authentication, HookResult, Sent } from "../rules/outcome.ts";
import type { Verdict } from "../guard/guard.ts";
import { type RequestEvent, listed, phoneProperties, textOf } from "./event.ts";

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

/** The event of one request, without OTP code, phone number, text, login and name. */
export function createOtpDeliveryEvent(
  result: HookResult,
  { caller, codeRequest, decision, guard, sent, timings, invalidSettings }: HookTrace,
  phoneHashKey: string | undefined,
  rangeInLog: boolean,
): RequestEvent {
  const exceeded = guard?.exceeded;
  const attempts = sent?.attempts ?? [];
  const properties = {
    outcome: result.outcome,
    reason: result.ok ? undefined : result.reason,
    provider: sent?.provider,
    otherReason: sent?.otherReason,
    passedOver: sent?.passedOver,
    channel: codeRequest?.channel,
    ...phoneProperties(decision?.phoneNumber, phoneHashKey),
    eventId: codeRequest?.eventId,
    oktaRequestId: codeRequest?.oktaRequestId,
    oktaUserId: codeRequest?.oktaUserId,
    oktaOrg: codeRequest?.oktaOrg,
    requestType: codeRequest?.requestType,
    providerCode: "code" in result ? result.code : undefined,
    providerId: "id" in result ? result.id : undefined,
    oddProviderId: flag("oddId" in result && result.oddId),
    templateWithoutCode: flag(codeRequest?.templateWithoutCode),
    oddPaths: listed(codeRequest?.oddPaths),
    authenticatedBy: caller?.by,
    secretVersion: caller?.by === "secret" ? caller.secretVersion : undefined,
    tokenAgeMs: caller?.by === "token" ? caller.tokenAgeMs : undefined,
    attempts: attempts.length,
    policyReason: decision?.ok ? decision.policyReason : undefined,
    range: guard && rangeInLog ? decision?.phoneNumber?.range : undefined,
    guardReason: exceeded?.reason,
    guardCount: exceeded?.count,
    guardLimit: exceeded?.limit,
    guardUntil: exceeded && new Date(exceeded.untilMs).toISOString(),
    guardDayPercent: guard?.dayPercent,
    eventsOnTime: textOf(guard?.eventsOnTime),
    invalidPaths: listed("causes" in result ? result.causes.map(({ path }) => path) : []),
    invalidSettings: listed(invalidSettings),
    ...timings,
  };
  return { name: "otp-delivery", properties, attempts };
}

function flag(isSo: boolean | undefined): "true" | undefined {
  return isSo ? "true" : undefined;
}
