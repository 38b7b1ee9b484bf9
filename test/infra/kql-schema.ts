import { hook, unauthenticatedSum } from "./samples/hooks.ts";
import {
  fallback,
  hookFailed,
  outcome,
  receipt,
  unauthenticatedReport,
} from "./samples/reports.ts";
import { secretExpiry } from "./samples/secrets.ts";

/** Azure's columns: https://learn.microsoft.com/azure/azure-monitor/reference/tables-category */
export const tables: Readonly<Record<string, string>> = {
  customEvents:
    "(timestamp: datetime, name: string, customDimensions: dynamic, operation_Id: string, cloud_RoleInstance: string, itemType: string)",
  requests:
    "(timestamp: datetime, name: string, url: string, success: string, resultCode: string, duration: real, operation_Id: string, cloud_RoleInstance: string, itemType: string)",
  dependencies:
    "(timestamp: datetime, name: string, target: string, success: string, resultCode: string, duration: real, operation_Id: string)",
  traces:
    "(timestamp: datetime, message: string, operation_Id: string, cloud_RoleInstance: string)",
  exceptions:
    "(timestamp: datetime, type: string, innermostType: string, innermostMessage: string, outerMessage: string, problemId: string, operation_Id: string, cloud_RoleInstance: string)",
  availabilityResults:
    "(timestamp: datetime, name: string, success: string, cloud_RoleInstance: string, itemType: string)",
  Usage: "(TimeGenerated: datetime, DataType: string, Quantity: real, IsBillable: bool)",
  AZKVAuditLogs:
    "(TimeGenerated: datetime, OperationName: string, HttpStatusCode: int, Identity: dynamic, ResultSignature: string, CallerIPAddress: string, _ResourceId: string)",
};

/** Values that replace the workbook's parameters in a query. */
export const parameters: Readonly<Record<string, string>> = {
  "TimeRange:grain": "1h",
  Search: "00ub0oNGTSWTBKOLGLNR",
};

/** Names of properties in customDimensions, read from events that the app's code builds. */
export const dimensions = [
  hook(
    { outcome: "rejected", reason: "invalid-number", code: "1002", id: "an-id" },
    {
      timings: { authenticateMs: 0, parseMs: 0, decideMs: 0, sendMs: 0 },
      guard: { reason: "user-limit", dayPercent: 0 },
    },
  ),
  hook(
    { outcome: "unavailable", reason: "invalid-settings" },
    { invalidSettings: ["HOOK_BUDGET_MS"] },
  ),
  hook({ outcome: "accepted" }, { number: "+8613800138000", otherReason: "unreachable" }),
  hook({
    outcome: "malformed",
    reason: "wrong-shape",
    causes: [{ path: "data", reason: "wrong-shape" }],
  }),
  receipt({
    eventId: "an-event",
    detail: "a-detail",
    errorCode: 1,
    price: 1,
    currency: "USD",
    oddPaths: ["a"],
    senderChanged: true,
  }),
  ...[
    unauthenticatedSum(1),
    outcome({ providerId: "a-message" }),
    fallback(),
    hookFailed(),
    unauthenticatedReport("otp-receipt"),
  ],
  secretExpiry("a-secret", 1),
].flatMap((row) => Object.keys(row["customDimensions"] as object));
