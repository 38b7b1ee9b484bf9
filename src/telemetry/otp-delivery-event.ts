import type { HookResult } from "../okta/telephony-answer.ts";
import type { GuardTrace, HookTrace } from "./hook-trace.ts";
import type { RequestEvent } from "./exporter.ts";
import { phoneProperties } from "./report-events.ts";

/** The wide event of one request. Neither code, number, text, login nor names are in it. */
export function createOtpDeliveryEvent(
  result: HookResult,
  trace: HookTrace,
  phoneHashKey: string | undefined,
): RequestEvent {
  const { delivery, decision, guard, delivered, authentication, timings } = trace;
  return {
    name: "otp-delivery",
    calls: delivered?.calls ?? [],
    properties: {
      outcome: result.outcome,
      reason: "reason" in result ? result.reason : undefined,
      channel: delivery?.channel,
      ...phoneProperties(decision?.phoneNumber, phoneHashKey),
      eventId: delivery?.eventId,
      oktaRequestId: delivery?.oktaRequestId,
      oktaUserId: delivery?.oktaUserId,
      oktaOrg: delivery?.oktaOrg,
      requestType: delivery?.requestType,
      providerCode: "code" in result ? result.code : undefined,
      providerId: "id" in result ? result.id : undefined,
      oddProviderId: "oddId" in result && result.oddId ? "true" : undefined,
      templateWithoutCode: delivery?.templateWithoutCode ? "true" : undefined,
      oddPaths: delivery?.oddPaths.join(" ") || undefined,
      authenticatedBy: authentication?.by,
      secretVersion: authentication?.by === "secret" ? authentication.secretVersion : undefined,
      tokenAgeMs: authentication?.by === "token" ? authentication.tokenAgeMs : undefined,
      attempts: delivered?.calls.length ?? 0,
      recordedReason: decision?.send === true ? decision.recorded : undefined,
      range: guard && decision?.phoneNumber?.range,
      ...guardProperties(guard),
      wrongPaths:
        "causes" in result
          ? result.causes.map(({ path }) => path).join(" ") || undefined
          : undefined,
      wrongSettings: trace.wrongSettings?.join(" "),
      ...timings,
    },
  };
}

function guardProperties({ verdict, dayPercent, eventsOnTime }: Partial<GuardTrace> = {}) {
  return {
    guardReason: verdict?.reason,
    guardCount: verdict?.count,
    guardLimit: verdict?.limit,
    guardUntil: verdict && new Date(verdict.untilMs).toISOString(),
    guardHolds: verdict && String(verdict.enforced),
    guardDayPercent: dayPercent,
    eventsOnTime: eventsOnTime === undefined ? undefined : String(eventsOnTime),
  };
}
