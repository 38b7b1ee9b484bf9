import { systemClock } from "../../src/timing/clock.ts";
import type { Measurement, TelemetryEvent } from "../../src/telemetry/exporter.ts";
import type { Step } from "../../src/telemetry/hook-trace.ts";
import {
  createOktaFallbackEvent,
  createOktaHookFailedEvent,
  createOtpOutcomeEvent,
} from "../../src/telemetry/report-events.ts";
import { createOtpDeliveryEvent } from "../../src/telemetry/otp-delivery-event.ts";
import { createSecretExpiryReport } from "../../src/telemetry/background-reports.ts";
import { sumUnauthenticated } from "../../src/telemetry/unauthenticated-limit.ts";
import { fallback, hookFailed, outcome, receipt, strangersReport } from "./samples/reports.ts";

/** Columns of the tables that our queries read: https://learn.microsoft.com/azure/azure-monitor/reference/tables-category */
export const tables: Readonly<Record<string, string>> = {
  customEvents:
    "(timestamp: datetime, name: string, customDimensions: dynamic, operation_Id: string, cloud_RoleInstance: string, itemType: string)",
  customMetrics: "(timestamp: datetime, name: string, value: real, customDimensions: dynamic)",
  requests:
    "(timestamp: datetime, name: string, url: string, success: string, resultCode: string, duration: real, operation_Id: string, cloud_RoleInstance: string, itemType: string)",
  dependencies:
    "(timestamp: datetime, name: string, target: string, success: string, resultCode: string, duration: real, operation_Id: string)",
  traces: "(timestamp: datetime, message: string, operation_Id: string, cloud_RoleInstance: string)",
  exceptions:
    "(timestamp: datetime, type: string, outerMessage: string, problemId: string, operation_Id: string, cloud_RoleInstance: string)",
  availabilityResults:
    "(timestamp: datetime, name: string, success: string, cloud_RoleInstance: string, itemType: string)",
  Usage: "(TimeGenerated: datetime, DataType: string, Quantity: real, IsBillable: bool)",
  AZKVAuditLogs:
    "(TimeGenerated: datetime, OperationName: string, HttpStatusCode: int, Identity: dynamic, ResultSignature: string, CallerIPAddress: string, _ResourceId: string)",
};

/** What somebody may type into the workbook. */
export const parameters: Readonly<Record<string, string>> = {
  "TimeRange:grain": "1h",
  Search: "00ub0oNGTSWTBKOLGLNR",
};

const timings: Record<Step, number> = { authenticateMs: 0, parseMs: 0, decideMs: 0, sendMs: 0 };

const oktaEvent = { oktaEventId: "", oktaUserId: undefined, channel: "sms", at: new Date(0) } as const;

const sent: Pick<TelemetryEvent | Measurement, "properties">[] = [
  createOtpDeliveryEvent(
    { outcome: "accepted" },
    {
      timings,
      guard: {
        ...{ verdict: undefined, refused: undefined, counted: undefined },
        ...{ phoneKey: "", knownRange: undefined, eventsPrompt: true, dayPercent: 0 },
      },
    },
    undefined,
  ),
  sumUnauthenticated("otp-delivery", 1, new Date(0)),
  createOtpOutcomeEvent({ ...oktaEvent, kind: "code-used", codeKinds: [], factorIntent: "LOGIN" }, { join: "none" }),
  createOktaFallbackEvent({ ...oktaEvent, kind: "fallback", country: undefined, result: undefined }),
  createOktaHookFailedEvent({ ...oktaEvent, kind: "hook-failure", reason: "other" }),
];
createSecretExpiryReport(systemClock, { send: (item) => sent.push(item) })("a-secret", new Date(0));

const reports = [
  receipt({
    eventId: "an-event",
    detail: "a-detail",
    errorCode: 1,
    price: 1,
    currency: "USD",
    oddPaths: ["a"],
    senderChanged: true,
  }),
  ...[outcome({ providerId: "a-message" }), fallback(), hookFailed(), strangersReport("otp-receipt")],
];

/** What a query finds in customDimensions: the properties of what the code really sends. */
export const dimensions = [
  { durationMs: 0 },
  ...sent.map(({ properties }) => properties),
  ...reports.map((row) => row["customDimensions"] as object),
].flatMap((properties) => Object.keys(properties));
