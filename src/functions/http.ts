import type { HttpHandler, HttpRequest, HttpResponseInit } from "@azure/functions";
import { errorName } from "../delivery/redacted.ts";
import { authenticateCaller } from "../auth/authenticate.ts";
import { notLoaded } from "../auth/authentication.ts";
import type { Secret } from "../secrets/secret.ts";
import type { RequestEvent, TelemetryEvent } from "../telemetry/exporter.ts";
import type { HookTrace } from "../telemetry/otp-delivery-event.ts";
import { createUnreadReportEvent } from "../telemetry/report-events.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";
import type { Clock } from "../timing/clock.ts";
import { startDeadline, type Deadline } from "../timing/deadline.ts";

export interface Http {
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** What differs between Okta's hook, Okta's events and 8x8's receipts. */
interface Route<Result> {
  /** For the log, such as `reading a report`. */
  readonly doing: string;
  /** Milliseconds for the whole request. */
  readonly budgetMs: number;
  /** Handles one request, and records facts in the trace. May throw. */
  readonly handle: (request: HttpRequest, deadline: Deadline, trace: HookTrace) => Promise<Result>;
  /** The result if `handle` throws. */
  readonly failed: Result;
  readonly answer: (result: Result, trace: HookTrace) => HttpResponseInit;
  /** The first event is the request's own. If this function throws, the answer is sent even so. */
  readonly events: (result: Result, trace: HookTrace) => readonly RequestEvent[];
}

/** Gives each request one deadline, one catch, one answer and its events. */
export function createHandler<Result>(
  { clock, telemetry }: Http,
  route: Route<Result>,
): HttpHandler {
  return async (request, context) => {
    const at = new Date(clock.now());
    const start = clock.elapsed();
    const deadline = startDeadline(clock, route.budgetMs);
    const trace: HookTrace = { timings: {} };
    telemetry.begin();
    const unexpected = (error: unknown): void => {
      context.error(`Unexpected ${errorName(error)} while ${route.doing}.`);
    };
    const result = await route.handle(request, deadline, trace).catch((error: unknown) => {
      unexpected(error);
      return route.failed;
    });
    deadline.end();
    const answer = route.answer(result, trace);
    const traceParent = context.traceContext?.traceParent;
    const durationMs = clock.elapsed() - start;
    let events: readonly TelemetryEvent[] = [];
    try {
      events = route.events(result, trace).map(({ name, properties, attempts = [] }) => ({
        name,
        at,
        traceParent,
        attempts,
        properties: { ...properties, durationMs },
      }));
    } catch (error) {
      unexpected(error);
    }
    for (const event of events.slice(1)) telemetry.send(event);
    telemetry.end(events[0]);
    return answer;
  };
}

/** A request of the hook or a receipt is a few KB. */
const defaultLimitBytes = 64 * 1024;

/** Reads the body. The limit protects the parser: the host has read the whole body already. */
export async function readBody(
  request: HttpRequest,
  limitBytes = defaultLimitBytes,
): Promise<
  | { readonly ok: true; readonly body: string }
  | { readonly ok: false; readonly reason: "too-large" | "chunked-body" }
> {
  const body = await request.text();
  if (Buffer.byteLength(body) > limitBytes) return { ok: false, reason: "too-large" };
  // The host does not pass a chunked body to a Node function:
  // https://github.com/Azure/azure-functions-nodejs-worker/issues/524
  if (body === "" && request.headers.has("transfer-encoding"))
    return { ok: false, reason: "chunked-body" };
  return { ok: true, body };
}

/** The route of 8x8's receipts or Okta's events. */
interface ReportRoute {
  /** Name of the event, also for a report that could not be read. */
  readonly name: "otp-receipt" | "otp-outcome";
  /** Milliseconds for the whole request. */
  readonly budgetMs: number;
  /** Status for a report that should not be sent again. */
  readonly doneStatus: number;
  readonly handle: (request: HttpRequest, deadline: Deadline) => Promise<ReportAnswer>;
}

export interface ReportAnswer extends Pick<HttpResponseInit, "status" | "headers" | "body"> {
  readonly events?: readonly RequestEvent[];
}

export function createReportHandler(
  http: Http,
  { name, budgetMs, doneStatus, handle }: ReportRoute,
): HttpHandler {
  return createHandler(http, {
    doing: "reading a report",
    budgetMs,
    handle,
    failed: unread(name, doneStatus, { outcome: "unavailable", reason: "internal-error" }),
    answer: (answer) => answer,
    events: ({ events = [] }) => events,
  });
}

interface ReportCaller {
  /** What the caller sends as the secret. */
  readonly credential: string | null;
  /** If the vault does not have it, the route answers 404. */
  readonly secret: Secret;
  readonly bodyLimitBytes?: number;
}

/**
 * Authenticates the caller of a report and reads the body. Okta and 8x8 send a report again if it
 * gets an error. So an authenticated report gets an error only if it should be sent again.
 */
export async function readReport(
  { name, doneStatus }: Pick<ReportRoute, "name" | "doneStatus">,
  request: HttpRequest,
  deadline: Deadline,
  { credential, secret, bodyLimitBytes }: ReportCaller,
): Promise<
  | { readonly ok: true; readonly body: string }
  | { readonly ok: false; readonly answer: ReportAnswer }
> {
  const isLoaded = (await secret.get(deadline)).length > 0;
  if (!isLoaded && secret.isAbsent()) return { ok: false, answer: { status: 404 } };
  const caller = isLoaded
    ? await authenticateCaller(credential, secret, deadline)
    : notLoaded("secrets-not-loaded");
  if (!caller.ok) {
    const status = caller.outcome === "unauthenticated" ? 401 : 503;
    return { ok: false, answer: unread(name, status, caller) };
  }
  const read = await readBody(request, bodyLimitBytes);
  if (read.ok) return read;
  const { reason } = read;
  return { ok: false, answer: unread(name, doneStatus, { outcome: "malformed", reason }) };
}

function unread(
  name: ReportRoute["name"],
  status: number,
  report: Parameters<typeof createUnreadReportEvent>[1],
): ReportAnswer {
  return { status, events: [createUnreadReportEvent(name, report)] };
}
