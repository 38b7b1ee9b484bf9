import type { HttpHandler, HttpRequest, HttpResponseInit } from "@azure/functions";
import { errorName } from "../privacy/redacted.ts";
import { authenticateCaller } from "../auth/authenticate.ts";
import { unavailable } from "../rules/outcome.ts";
import type { RefreshedValue } from "../secrets/refreshed-value.ts";
import type { RequestEvent } from "../telemetry/event.ts";
import { createUnreadEvent } from "../telemetry/webhook-events.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";
import { startDeadline, type Clock, type Deadline } from "../timing/clock.ts";

export interface Http {
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

interface Trace {
  /** What is left to do after the answer. A worker that stops waits for it. */
  afterwards?: Promise<void> | undefined;
}

interface Route<Result, Facts extends Trace> {
  readonly doing: string;
  readonly budgetMs: number;
  /** Facts for the events, which `handle` records. No decision depends on them. */
  readonly createTrace: () => Facts;
  readonly handle: (request: HttpRequest, deadline: Deadline, trace: Facts) => Promise<Result>;
  readonly failed: Result;
  readonly answer: (result: Result, trace: Facts) => HttpResponseInit;
  readonly events: (result: Result, trace: Facts) => readonly RequestEvent[];
}

export function createHandler<Result, Facts extends Trace>(
  { clock, telemetry }: Http,
  route: Route<Result, Facts>,
): HttpHandler {
  return async (request, context) => {
    const at = new Date(clock.now());
    const start = clock.elapsed();
    const deadline = startDeadline(clock, route.budgetMs);
    const trace = route.createTrace();
    telemetry.begin();
    const unexpected = (error: unknown): void => {
      context.error(`Unexpected ${errorName(error)} while ${route.doing}.`);
    };
    const result = await route.handle(request, deadline, trace).catch((error: unknown) => {
      unexpected(error);
      return route.failed;
    });
    deadline.end();
    if (trace.afterwards !== undefined) {
      telemetry.begin();
      void trace.afterwards.catch(unexpected).finally(() => {
        telemetry.end();
      });
    }
    const answer = route.answer(result, trace);
    const traceParent = context.traceContext?.traceParent;
    const durationMs = clock.elapsed() - start;
    try {
      for (const { name, properties, attempts = [] } of route.events(result, trace))
        telemetry.send({
          name,
          at,
          traceParent,
          attempts,
          properties: { ...properties, durationMs },
        });
    } catch (error) {
      unexpected(error);
    }
    telemetry.end();
    return answer;
  };
}

interface WebhookRoute {
  readonly name: "otp-receipt" | "otp-outcome";
  readonly budgetMs: number;
  readonly doneStatus: number;
  readonly secret: RefreshedValue;
  readonly credential: (headers: HttpRequest["headers"]) => string | null;
  readonly bodyLimitBytes?: number;
  readonly handle: (
    body: string,
    request: HttpRequest,
    deadline: Deadline,
  ) => Promise<WebhookAnswer> | WebhookAnswer;
}

export interface WebhookAnswer extends Pick<HttpResponseInit, "status" | "headers" | "body"> {
  readonly events?: readonly RequestEvent[];
}

/**
 * For 8x8's receipts and Okta's events. An error makes them send again, so an unreadable one gets no
 * error.
 */
export function createWebhookHandler(http: Http, route: WebhookRoute): HttpHandler {
  const { name, budgetMs, doneStatus, secret } = route;
  return createHandler<WebhookAnswer, Trace>(http, {
    doing: "reading a webhook",
    budgetMs,
    createTrace: () => ({}),
    handle,
    failed: unread(unavailable("internal-error")),
    answer: (answer) => ({ status: doneStatus, ...answer }),
    events: ({ events = [] }) => events,
  });

  async function handle(request: HttpRequest, deadline: Deadline): Promise<WebhookAnswer> {
    const isLoaded = (await secret.get(deadline)).length > 0;
    if (!isLoaded && secret.isAbsent()) return { status: 404 };
    const caller = isLoaded
      ? await authenticateCaller(route.credential(request.headers), secret, deadline)
      : unavailable("secrets-not-loaded");
    if (!caller.ok) return unread(caller, caller.outcome === "unauthenticated" ? 401 : 503);
    const read = await readBody(request, route.bodyLimitBytes);
    return read.ok
      ? route.handle(read.body, request, deadline)
      : unread({ outcome: "malformed", reason: read.reason });
  }

  function unread(
    why: Parameters<typeof createUnreadEvent>[1],
    status = doneStatus,
  ): WebhookAnswer {
    return { status, events: [createUnreadEvent(name, why)] };
  }
}

/** Okta's requests and 8x8's receipts have a few KB. */
const defaultLimitBytes = 64 * 1024;

/** The host has already read the whole body, so the limit protects only the parser. */
export async function readBody(request: HttpRequest, limitBytes = defaultLimitBytes) {
  const bytes = Buffer.from(await request.arrayBuffer());
  if (bytes.length > limitBytes) return { ok: false, reason: "too-large" } as const;
  // The host does not pass a chunked body to a Node function:
  // https://github.com/Azure/azure-functions-nodejs-worker/issues/524
  if (bytes.length === 0 && request.headers.has("transfer-encoding"))
    return { ok: false, reason: "chunked-body" } as const;
  return { ok: true, bytes, body: bytes.toString() } as const;
}
