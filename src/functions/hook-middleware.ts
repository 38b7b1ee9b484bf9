import type { HttpHandler, HttpRequest } from "@azure/functions";
import { systemClock } from "../timing/clock.ts";
import { startDeadline, type Deadline } from "../timing/deadline.ts";
import { errorName } from "../delivery/error-name.ts";
import { answerOkta, type AnswerPolicy, type HookResult } from "../okta/telephony-answer.ts";
import type { TelemetryEvent } from "../telemetry/exporter.ts";
import type { HookTrace } from "../telemetry/hook-trace.ts";
import { createOtpDeliveryEvent } from "../telemetry/otp-delivery-event.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";

export interface HookMiddleware {
  readonly telemetry: Telemetry;
  /** Milliseconds for the whole request. */
  readonly budgetMs: number;
  readonly answerPolicy: AnswerPolicy;
  /** Joins the events of one number, where there is such a key. */
  readonly phoneHashKey: () => string | undefined;
}

/** Handles one hook. It may throw, and records in the trace what becomes known. */
export type HookPipeline = (request: HttpRequest, trace: HookTrace, deadline: Deadline) => Promise<HookResult>;

/** What holds for every hook, whatever its result: one deadline, one catch, one event, one answer. */
export function createHookHandler(middleware: HookMiddleware, pipeline: HookPipeline): HttpHandler {
  return async (request, context) => {
    const at = new Date();
    const start = performance.now();
    const deadline = startDeadline(systemClock, middleware.budgetMs);
    const trace: HookTrace = { timings: {} };
    middleware.telemetry.begin();
    const unexpected = (error: unknown): void => {
      context.error(`Unexpected ${errorName(error)} while answering a hook.`);
    };
    const result = await pipeline(request, trace, deadline).catch((error: unknown): HookResult => {
      unexpected(error);
      return { outcome: "unavailable", reason: "internal-error" };
    });
    deadline.end();
    const { authentication, delivery, guard } = trace;
    const secretVersion = authentication?.by === "secret" ? authentication.secretVersion : undefined;
    const recordedReason = guard?.refused === undefined ? guard?.verdict?.reason : undefined;
    const asked = { eventId: delivery?.eventId, secretVersion, recordedReason };
    const { status, body } = answerOkta(result, middleware.answerPolicy, asked);
    let event: TelemetryEvent | undefined;
    try {
      const traceParent = context.traceContext?.traceParent;
      const durationMs = performance.now() - start;
      const phoneHashKey = middleware.phoneHashKey();
      event = createOtpDeliveryEvent(result, trace, { at, durationMs, traceParent, phoneHashKey });
    } catch (error) {
      unexpected(error);
    }
    middleware.telemetry.end(event);
    return { status, headers: { "content-type": "application/json" }, body };
  };
}
