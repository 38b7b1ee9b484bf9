import type { HttpHandler, HttpRequest, HttpResponseInit } from "@azure/functions";
import type { Secret } from "../secrets/secret.ts";
import type { RequestEvent } from "../telemetry/exporter.ts";
import { createUnreadReportEvent, type UnreadReport } from "../telemetry/report-events.ts";
import type { Deadline } from "../timing/deadline.ts";
import { authenticateCaller } from "./authenticate.ts";
import { createHandler, readBody, type Shared } from "./middleware.ts";

/** How reports on codes that were sent are read: 8x8's receipts, Okta's events. */
export interface Reports {
  /** The event of a report, by which one that was not read is known too. */
  readonly name: "otp-receipt" | "otp-outcome";
  /** Milliseconds for the whole request. */
  readonly budgetMs: number;
  /** One that is absent in the vault switches the route off. */
  readonly secret: Secret;
  /** What the caller sends as the secret. */
  readonly credential: (request: HttpRequest) => string | null;
  /** How much is parsed; 64 KiB where not given. */
  readonly bodyLimitBytes?: number;
  /** The status for a report that need not come again, whether it could be used or not. */
  readonly doneStatus: number;
  /** What happens to the body of an authentic report. It may throw. */
  readonly read: (
    body: string,
    request: HttpRequest,
    deadline: Deadline,
  ) => ReportAnswer | Promise<ReportAnswer>;
}

export interface ReportAnswer extends Pick<HttpResponseInit, "status" | "headers" | "body"> {
  readonly events?: readonly RequestEvent[];
}

/**
 * Both callers repeat a report that gets an error, so only a report that should come again gets
 * one, and a stranger's.
 */
export function createReports(shared: Shared, reports: Reports): HttpHandler {
  const { name, budgetMs, secret, doneStatus } = reports;
  const unread = (status: number, report: UnreadReport): ReportAnswer => ({
    status,
    events: [createUnreadReportEvent(name, report)],
  });
  const notLoaded = (): ReportAnswer =>
    unread(503, { outcome: "unavailable", reason: "secrets-not-loaded" });
  return createHandler(shared, {
    doing: "reading a report",
    budgetMs,
    async handle(request, deadline) {
      const versions = await secret.get(deadline);
      if (versions.length === 0) return secret.isAbsent() ? { status: 404 } : notLoaded();
      const authentication = await authenticateCaller(
        reports.credential(request),
        secret,
        deadline,
      );
      if (authentication === "secrets-not-loaded") return notLoaded();
      if (!authentication.ok)
        return unread(401, { outcome: "unauthenticated", reason: authentication.reason });
      const read = await readBody(request, reports.bodyLimitBytes);
      if ("unreadable" in read)
        return unread(doneStatus, { outcome: "malformed", reason: read.unreadable });
      return reports.read(read.body, request, deadline);
    },
    failed: unread(doneStatus, { outcome: "unavailable", reason: "internal-error" }),
    answer: (answer) => answer,
    events: ({ events = [] }) => events,
  });
}

/** Where settings are wrong, every report should come again. */
export function createUnreadyReports(shared: Shared, name: Reports["name"]): HttpHandler {
  const wrong = { outcome: "unavailable", reason: "settings-wrong" } as const;
  return createHandler(shared, {
    doing: "reading a report",
    budgetMs: 1_000,
    failed: undefined,
    handle: () => Promise.resolve(undefined),
    answer: () => ({ status: 503 }),
    events: () => [createUnreadReportEvent(name, wrong)],
  });
}
