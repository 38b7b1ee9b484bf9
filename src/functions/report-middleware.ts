import type { HttpHandler, HttpRequest, HttpResponseInit } from "@azure/functions";
import { systemClock } from "../timing/clock.ts";
import { startDeadline, type Deadline } from "../timing/deadline.ts";
import { errorName } from "../delivery/error-name.ts";
import type { Secret } from "../secrets/secret.ts";
import type { ReportEvent, TelemetryEvent } from "../telemetry/exporter.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";
import type { UnreadReport } from "../telemetry/unread-report-event.ts";
import { authenticateCaller } from "./authenticate-caller.ts";
import { readBody } from "./request-body.ts";

/** A route for reports on codes that were sent: 8x8's receipts, Okta's events. */
export interface ReportRoute {
  readonly telemetry: Telemetry;
  /** Milliseconds for the whole request. */
  readonly budgetMs: number;
  /** Undefined where settings are wrong. One that is absent in the vault switches the route off. */
  readonly secret: Secret | undefined;
  /** What the caller sends as the secret. */
  readonly credential: (request: HttpRequest) => string | null;
  /** The event of a report that was not read. */
  readonly unreadEvent: (report: UnreadReport) => ReportEvent;
  /** How much is parsed; 64 KiB where not given. */
  readonly bodyLimitBytes?: number;
  /** The status for a report that need not come again, whether it could be used or not. */
  readonly doneStatus: number;
}

export interface ReportAnswer extends Pick<HttpResponseInit, "status" | "headers" | "body"> {
  readonly status: number;
  readonly events?: readonly ReportEvent[];
}

/** What happens to the body of an authentic report. It may throw. */
export type ReportPipeline = (
  body: string,
  request: HttpRequest,
  deadline: Deadline,
) => ReportAnswer | Promise<ReportAnswer>;

/**
 * What holds for every report: one deadline, one catch, its events. Both callers repeat a report that gets an error, so
 * only a report that should come again gets one, and a stranger's.
 */
export function createReportHandler(route: ReportRoute, pipeline: ReportPipeline): HttpHandler {
  const { telemetry, secret, credential, unreadEvent, doneStatus } = route;

  return async (request, context) => {
    const at = new Date();
    const start = performance.now();
    const deadline = startDeadline(systemClock, route.budgetMs);
    telemetry.begin();
    const { events = [], ...answer } = await answerReport(request, deadline).catch((error: unknown): ReportAnswer => {
      context.error(`Unexpected ${errorName(error)} while reading a report.`);
      return unread(doneStatus, { outcome: "unavailable", reason: "internal-error" });
    });
    deadline.end();
    const traceParent = context.traceContext?.traceParent;
    const durationMs = performance.now() - start;
    const [first, ...more] = events.map(({ name, properties }): TelemetryEvent => ({
      ...{ name, at, traceParent, calls: [] },
      properties: { ...properties, durationMs },
    }));
    for (const event of more) telemetry.send(event);
    telemetry.end(first);
    return answer;
  };

  async function answerReport(request: HttpRequest, deadline: Deadline): Promise<ReportAnswer> {
    if (secret === undefined) return unread(503, { outcome: "unavailable", reason: "settings-wrong" });
    const notLoaded = (): ReportAnswer => unread(503, { outcome: "unavailable", reason: "secrets-not-loaded" });
    const versions = await secret.get(deadline);
    if (versions.length === 0) return secret.isAbsent() ? { status: 404 } : notLoaded();
    const authentication = await authenticateCaller(credential(request), secret, deadline);
    if (authentication === "secrets-not-loaded") return notLoaded();
    if (!authentication.ok) return unread(401, { outcome: "unauthenticated", reason: authentication.reason });
    const read = await readBody(request, route.bodyLimitBytes);
    if ("unreadable" in read) return unread(doneStatus, { outcome: "malformed", reason: read.unreadable });
    return pipeline(read.body, request, deadline);
  }

  function unread(status: number, report: UnreadReport): ReportAnswer {
    return { status, events: [unreadEvent(report)] };
  }
}
