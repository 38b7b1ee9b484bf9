import type { HttpHandler, HttpRequest, HttpResponseInit } from "@azure/functions";
import { errorName } from "../delivery/redacted.ts";
import type { RequestEvent, TelemetryEvent } from "../telemetry/exporter.ts";
import type { HookTrace } from "../telemetry/hook-trace.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";
import type { Clock } from "../timing/clock.ts";
import { startDeadline, type Deadline } from "../timing/deadline.ts";

export interface Shared {
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** What differs between those that call us: Okta's hook, Okta's events, 8x8's receipts. */
export interface Route<Result> {
  /** For the log: what a surprise interrupts. */
  readonly doing: string;
  /** Milliseconds for the whole request. */
  readonly budgetMs: number;
  /** Handles one request. It may throw, and records in the trace what becomes known. */
  readonly handle: (request: HttpRequest, deadline: Deadline, trace: HookTrace) => Promise<Result>;
  /** The result where it threw. */
  readonly failed: Result;
  readonly answer: (result: Result, trace: HookTrace) => HttpResponseInit;
  /** The first is the request's own. Where this throws, the answer is given all the same. */
  readonly events: (result: Result, trace: HookTrace) => readonly RequestEvent[];
}

/**
 * What holds for each request, whatever its result: one deadline, one catch, one answer, and its
 * events.
 */
export function createHandler<Result>(
  { clock, telemetry }: Shared,
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
      events = route.events(result, trace).map(({ name, properties, calls = [] }) => ({
        name,
        at,
        traceParent,
        calls,
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

/** A hook or a receipt is a few KB. The host has read it by then: this bounds what is parsed. */
const defaultLimitBytes = 64 * 1024;

export async function readBody(
  request: HttpRequest,
  limitBytes = defaultLimitBytes,
): Promise<{ readonly body: string } | { readonly unreadable: "too-large" | "chunked-body" }> {
  const body = await request.text();
  if (Buffer.byteLength(body) > limitBytes) return { unreadable: "too-large" };
  // The host keeps a chunked body from a Node function:
  // https://github.com/Azure/azure-functions-nodejs-worker/issues/524
  if (body === "" && request.headers.has("transfer-encoding"))
    return { unreadable: "chunked-body" };
  return { body };
}
