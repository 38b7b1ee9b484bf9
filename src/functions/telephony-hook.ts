import type { HttpHandler, HttpRequest } from "@azure/functions";
import type { createHookAuthentication } from "../auth/authenticate.ts";
import { decide } from "../rules/decision.ts";
import { unavailable, type HookResult, type Malformed } from "../rules/outcome.ts";
import { isSuppressible } from "../rules/reasons.ts";
import { RequestBody } from "../privacy/redacted.ts";
import type { createGuard, Verdict } from "../guard/guard.ts";
import { commandAnswer, errorAnswer, type AnsweredRequest } from "../okta/telephony-answer.ts";
import { malformedRequest, parseTelephonyRequest } from "../okta/telephony-request.ts";
import type { createFailover } from "../providers/failover.ts";
import { passedOnHeader } from "../second-hook/provider.ts";
import type { createRemember } from "../sent-codes/codes.ts";
import { createOtpDeliveryEvent, type HookTrace } from "../telemetry/otp-delivery-event.ts";
import type { Deadline } from "../timing/clock.ts";
import { createHandler, readBody, type Http } from "./http.ts";

interface TelephonyHook {
  readonly budgetMs: number;
  readonly authenticate: ReturnType<typeof createHookAuthentication>;
  readonly ids: Parameters<typeof parseTelephonyRequest>[1];
  readonly rules: Parameters<typeof decide>[1];
  readonly guard: Pick<ReturnType<typeof createGuard>, "judge"> | undefined;
  readonly providers: Pick<ReturnType<typeof createFailover>, "refreshSecrets" | "send">;
  readonly remember: ReturnType<typeof createRemember>;
  readonly answerPolicy: AnswerPolicy;
  readonly phoneHashKey: () => string | undefined;
  readonly rangeInLog: boolean;
}

export function createTelephonyHook(http: Http, hook: TelephonyHook): HttpHandler {
  const { authenticate, ids, rules, guard, providers, remember, answerPolicy } = hook;
  return createHandler<HookResult, HookTrace>(http, {
    doing: "answering a hook",
    budgetMs: hook.budgetMs,
    createTrace: () => ({ timings: {} }),
    handle,
    failed: unavailable("internal-error"),
    answer: (result, trace) => answerOkta(result, answerPolicy, answeredRequest(result, trace)),
    events: (result, trace) => [
      createOtpDeliveryEvent(result, trace, hook.phoneHashKey(), hook.rangeInLog),
    ],
  });

  async function handle(
    request: HttpRequest,
    deadline: Deadline,
    trace: HookTrace,
  ): Promise<HookResult> {
    const endStep = startTimer(trace);
    providers.refreshSecrets(); // in parallel with the read of the hook secret

    const caller = await authenticate(request.headers, deadline);
    endStep("authenticateMs");
    if (!caller.ok) return caller; // unauthenticated; unavailable if no secret or key is loaded
    trace.caller = caller;

    const parsed = await parse(request, ids);
    endStep("parseMs");
    if (!parsed.ok) return parsed; // malformed
    const { codeRequest } = parsed;
    trace.codeRequest = codeRequest;

    const decision = decide(codeRequest, rules, new Date(http.clock.now()));
    trace.decision = decision;
    if (!decision.ok) {
      endStep("decideMs");
      // Okta may send a refused code itself, and its use must not match an earlier code.
      remember(codeRequest, decision.phoneNumber, { attempts: [] }, undefined);
      return decision; // refused
    }
    const { phoneNumber, expiresAt } = decision;

    const verdict: Verdict = guard?.judge(codeRequest, phoneNumber) ?? { ok: true };
    trace.guard = verdict.facts;
    endStep("decideMs");
    if (!verdict.ok) {
      remember(codeRequest, phoneNumber, { attempts: [] }, verdict.facts);
      return verdict; // refused
    }

    const sent = await providers.send({ ...codeRequest, expiresAt }, phoneNumber, deadline);
    endStep("sendMs");
    trace.sent = sent;
    verdict.settle?.(sent);
    remember(codeRequest, phoneNumber, sent, verdict.facts);
    // A provider that has not answered yet may still accept the code.
    trace.afterwards = sent.open?.then((ended) => {
      verdict.settle?.(ended);
      if (ended.ok && !sent.ok) remember(codeRequest, phoneNumber, ended, verdict.facts);
    });
    return sent; // accepted, rejected, unconfirmed or unavailable
  }

  function startTimer({ timings }: HookTrace) {
    let last = http.clock.elapsed();
    return (step: keyof HookTrace["timings"]): void => {
      const now = http.clock.elapsed();
      timings[step] = now - last;
      last = now;
    };
  }
}

const json = /^application\/json\s*(?:;|$)/i;

async function parse(request: HttpRequest, ids: TelephonyHook["ids"]) {
  if (!json.test(request.headers.get("content-type") ?? ""))
    return malformedRequest("wrong-content-type");
  const read = await readBody(request);
  if (!read.ok) return malformedRequest(read.reason);
  const parsed = parseTelephonyRequest(read.body, ids);
  if (!parsed.ok) return parsed;
  const body = new RequestBody(read.bytes);
  const passedOn = request.headers.has(passedOnHeader);
  return { ok: true, codeRequest: { ...parsed.codeRequest, body, passedOn } } as const;
}

function answeredRequest(
  { outcome }: HookResult,
  { caller, codeRequest, guard }: HookTrace,
): AnsweredRequest {
  return {
    eventId: codeRequest?.eventId,
    secretVersion: caller?.by === "secret" ? caller.secretVersion : undefined,
    // The result of a refused code already has the reason.
    guardReason: outcome === "refused" ? undefined : guard?.exceeded?.reason,
  };
}

interface AnswerPolicy {
  /** `suppress` keeps Okta's own provider from sending a code that looks like abuse. */
  readonly refused: "failed" | "suppress";
  readonly unconfirmed: "failed" | "pending";
}

/** After FAILED or an error, Okta's own provider sends the code, if the org has one. */
export function answerOkta(
  result: HookResult,
  policy: AnswerPolicy,
  request: AnsweredRequest = {},
) {
  switch (result.outcome) {
    case "accepted":
      return commandAnswer(
        result.pending ? "PENDING" : "SUCCESSFUL",
        { ...result, id: result.id ?? request.eventId },
        request,
      );
    case "rejected":
      return commandAnswer("FAILED", result, request);
    case "refused": {
      const isSuppressed = policy.refused === "suppress" && isSuppressible(result);
      return commandAnswer(isSuppressed ? "SUCCESSFUL" : "FAILED", result, request);
    }
    case "unconfirmed":
      return commandAnswer(
        policy.unconfirmed === "pending" ? "PENDING" : "FAILED",
        result,
        request,
      );
    case "unavailable":
      return errorAnswer(503, "The code could not be sent right now.");
    case "malformed":
      return errorAnswer(malformedStatus(result), "The request could not be read.", result.causes);
    case "unauthenticated":
      return errorAnswer(401, "The request was not authenticated.");
  }
}

function malformedStatus({ reason }: Malformed): number {
  if (reason === "too-large") return 413;
  return reason === "wrong-content-type" ? 415 : 400;
}
