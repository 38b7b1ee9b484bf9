import type { Step } from "../../src/telemetry/hook-trace.ts";
import { createOtpDeliveryEvent } from "../../src/telemetry/otp-delivery-event.ts";

/** Columns of the tables that our queries read: https://learn.microsoft.com/azure/azure-monitor/reference/tables-category */
export const tables: Readonly<Record<string, readonly string[]>> = {
  customEvents: ["timestamp", "name", "customDimensions", "operation_Id", "cloud_RoleInstance"],
  requests: ["timestamp", "name", "url", "success", "resultCode", "duration", "operation_Id", "cloud_RoleInstance"],
  exceptions: ["timestamp", "type", "outerMessage", "problemId", "operation_Id", "cloud_RoleInstance"],
  AZKVAuditLogs: [
    "TimeGenerated",
    "OperationName",
    "HttpStatusCode",
    "ResultSignature",
    "CallerIPAddress",
    "_ResourceId",
  ],
};

export const functions = [
  ...["bin", "coalesce", "count", "countif", "dcount", "iff", "isempty", "isnotempty", "max", "min", "percentile"],
  ...["round", "strcat", "todouble", "toint", "tostring", "trim"],
];

const timings: Record<Step, number> = { authenticateMs: 0, parseMs: 0, decideMs: 0, sendMs: 0 };

/** What a query finds in customDimensions: the properties of the event that the code really builds. */
export const dimensions = Object.keys(
  createOtpDeliveryEvent(
    { outcome: "accepted" },
    { timings },
    { at: new Date(0), durationMs: 0, traceParent: undefined, phoneHashKey: undefined },
  ).properties,
);
