import type { HttpHandler, HttpRequest, HttpResponseInit } from "@azure/functions";
import type { createDeliver } from "../8x8/deliver.ts";
import type { createHookAuthentication } from "../auth/authenticate.ts";
import { decide, type DeliveryRules } from "../delivery/decision.ts";
import type { Delivered } from "../delivery/outcome.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import type { createDeliveryGuard, Verdict } from "../guard/delivery-guard.ts";
import { answerOkta, type AnswerPolicy, type HookResult } from "../okta/telephony-answer.ts";
import {
  isJson,
  malformed,
  parseTelephonyRequest,
  type IdHashing,
} from "../okta/telephony-request.ts";
import type { Secret } from "../secrets/secret.ts";
import {
  createOtpDeliveryEvent,
  startTimer,
  type HookTrace,
} from "../telemetry/otp-delivery-event.ts";
import type { Deadline } from "../timing/deadline.ts";
import { createHandler, readBody, type Http } from "./http.ts";

interface TelephonyHook {
  /** Milliseconds for the whole request. */
  readonly budgetMs: number;
  readonly authenticate: ReturnType<typeof createHookAuthentication>;
  readonly ids: IdHashing;
  readonly rules: DeliveryRules;
  /** Undefined if the guard is off. */
  readonly guard: Pick<ReturnType<typeof createDeliveryGuard>, "judge" | "settle"> | undefined;
  readonly apiKey: Pick<Secret, "current">;
  readonly deliver: ReturnType<typeof createDeliver>;
  /** Stores the code until Okta reports it as used. Returns at once. */
  readonly remember: (
    delivery: OtpDelivery,
    phoneNumber: PhoneNumber,
    delivered: Pick<Delivered, "attempts">,
    guard: Verdict["facts"],
  ) => void;
  readonly answerPolicy: AnswerPolicy;
  /** Undefined if numbers are not hashed. */
  readonly phoneHashKey: () => string | undefined;
}

/**
 * Handles Okta's telephony hook. The comment beside each return says what Okta gets: a status, or
 * in a 200 the status of the command. docs/troubleshoot.md says what Okta does then.
 */
export function createTelephonyHook(http: Http, hook: TelephonyHook): HttpHandler {
  const { authenticate, ids, rules, guard, apiKey, deliver, remember } = hook;
  return createHandler<HookResult>(http, {
    doing: "answering a hook",
    budgetMs: hook.budgetMs,
    handle,
    failed: { ok: false, outcome: "unavailable", reason: "internal-error" },
    answer: (result, trace) => answer(result, hook.answerPolicy, trace),
    events: (result, trace) => [createOtpDeliveryEvent(result, trace, hook.phoneHashKey())],
  });

  async function handle(
    request: HttpRequest,
    deadline: Deadline,
    trace: HookTrace,
  ): Promise<HookResult> {
    const endStep = startTimer(http.clock, trace);
    // If a read of the API key is due, it runs at the same time as the read of the hook secret.
    apiKey.current();

    const caller = await authenticate(request.headers, deadline);
    endStep("authenticateMs");
    if (!caller.ok) return caller; // 401, or 503 if the secret or the keys are not loaded
    trace.caller = caller;

    const parsed = await parse(request, ids);
    endStep("parseMs");
    if (!parsed.ok) return parsed; // 400, 413 or 415, with the wrong paths
    const { delivery } = parsed;
    trace.delivery = delivery;

    const decision = decide(delivery, rules, new Date(http.clock.now()));
    trace.decision = decision;
    if (!decision.ok) {
      endStep("decideMs");
      return decision; // FAILED, or SUCCESSFUL if the operator suppresses abuse
    }
    const { phoneNumber, expiresAt } = decision;

    const verdict: Verdict = guard?.judge(delivery, phoneNumber) ?? { ok: true };
    trace.guard = verdict.facts;
    endStep("decideMs");
    if (!verdict.ok) {
      // Okta may send the code itself, and its use must not be matched to an earlier code.
      remember(delivery, phoneNumber, { attempts: [] }, verdict.facts);
      return verdict; // FAILED, or SUCCESSFUL if the operator suppresses abuse
    }

    const delivered = await deliver({ ...delivery, expiresAt }, phoneNumber, deadline).catch(
      (error: unknown) => {
        guard?.settle(verdict, { attempts: [] });
        throw error; // 503
      },
    );
    endStep("sendMs");
    trace.attempts = delivered.attempts;
    guard?.settle(verdict, delivered);
    remember(delivery, phoneNumber, delivered, verdict.facts);
    // Accepted: SUCCESSFUL. Rejected: FAILED. Unconfirmed: FAILED, or PENDING if the operator
    // prefers it. Unavailable: 503.
    return delivered;
  }
}

async function parse(request: HttpRequest, ids: IdHashing) {
  if (!isJson(request.headers.get("content-type"))) return malformed("wrong-content-type");
  const read = await readBody(request);
  return read.ok ? parseTelephonyRequest(read.body, ids) : malformed(read.reason);
}

function answer(
  result: HookResult,
  policy: AnswerPolicy,
  { caller, delivery, guard }: HookTrace,
): HttpResponseInit {
  const { status, body } = answerOkta(result, policy, {
    eventId: delivery?.eventId,
    secretVersion: caller?.by === "secret" ? caller.secretVersion : undefined,
    // A refusal by the guard already has this reason.
    guardReason: result.outcome === "refused" ? undefined : guard?.exceeded?.reason,
  });
  return { status, headers: { "content-type": "application/json" }, body };
}
