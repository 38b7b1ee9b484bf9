import type { HttpHandler, HttpRequest } from "@azure/functions";
import type { createDeliver, Delivered } from "../8x8/deliver.ts";
import { decide, type DeliveryRules } from "../delivery/decision.ts";
import { mayBeSent } from "../delivery/outcome.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import type { KnownIds } from "../okta/ids.ts";
import { answerOkta, type AnswerPolicy, type HookResult } from "../okta/telephony-answer.ts";
import { malformed, parseTelephonyRequest, type Malformed } from "../okta/telephony-request.ts";
import type { Secret } from "../secrets/secret.ts";
import { startTimer, type GuardTrace, type HookTrace } from "../telemetry/hook-trace.ts";
import { createOtpDeliveryEvent } from "../telemetry/otp-delivery-event.ts";
import type { Clock } from "../timing/clock.ts";
import type { Deadline } from "../timing/deadline.ts";
import type { createHookAuthentication } from "./authenticate.ts";
import { createHandler, readBody, type Route, type Shared } from "./middleware.ts";

interface HookRoute extends Pick<Route<HookResult>, "budgetMs" | "handle"> {
  readonly answerPolicy: AnswerPolicy;
  /** Joins the events of one number, where there is such a key. */
  readonly phoneHashKey: () => string | undefined;
}

/** Okta's hook: its answer, and one event, whatever the result. */
export function createHook(
  shared: Shared,
  { budgetMs, handle, answerPolicy, phoneHashKey }: HookRoute,
): HttpHandler {
  return createHandler(shared, {
    doing: "answering a hook",
    budgetMs,
    handle,
    failed: { outcome: "unavailable", reason: "internal-error" },
    answer(result, { authentication, delivery, guard }) {
      const secretVersion =
        authentication?.by === "secret" ? authentication.secretVersion : undefined;
      const recordedReason = guard?.refused === undefined ? guard?.verdict?.reason : undefined;
      const asked = { eventId: delivery?.eventId, secretVersion, recordedReason };
      const { status, body } = answerOkta(result, answerPolicy, asked);
      return { status, headers: { "content-type": "application/json" }, body };
    },
    events: (result, trace) => [createOtpDeliveryEvent(result, trace, phoneHashKey())],
  });
}

/** Where settings are wrong, no code is sent, and the answer says so. */
export function createUnreadyHook(shared: Shared, wrongSettings: readonly string[]): HttpHandler {
  return createHook(shared, {
    budgetMs: 1_000,
    handle(_request, _deadline, trace) {
      trace.wrongSettings = wrongSettings;
      return Promise.resolve({ outcome: "unavailable", reason: "settings-wrong" });
    },
    answerPolicy: { refused: "failed", unconfirmed: "failed" },
    phoneHashKey: () => undefined,
  });
}

interface TelephonyHook {
  readonly clock: Clock;
  readonly authenticate: ReturnType<typeof createHookAuthentication>;
  readonly known: KnownIds;
  readonly apiKey: Pick<Secret, "current">;
  readonly rules: DeliveryRules;
  /**
   * Judges a code that is to be sent, and counts it where it is let through. Undefined where the
   * guard is off or failed.
   */
  readonly judge: (delivery: OtpDelivery, phoneNumber: PhoneNumber) => GuardTrace | undefined;
  readonly deliver: ReturnType<typeof createDeliver>;
  /** Keeps what Okta's event on the use of the code is joined with. Returns at once. */
  readonly remember: (
    delivery: OtpDelivery,
    phoneNumber: PhoneNumber,
    delivered: Delivered,
    guard: GuardTrace | undefined,
  ) => void;
}

/** The way of a request: authenticate, parse, decide, ask the guard, send. */
export function createTelephonyHook(telephonyHook: TelephonyHook) {
  const { clock, authenticate, known, apiKey, rules, judge, deliver, remember } = telephonyHook;
  return async (
    request: HttpRequest,
    deadline: Deadline,
    trace: HookTrace,
  ): Promise<HookResult> => {
    const endStep = startTimer(clock, trace);
    // Begins the key's read if it is due, beside the hook secret's: then a hook waits one second
    // for both, not two.
    apiKey.current();
    const authentication = await authenticate(request.headers, deadline);
    endStep("authenticateMs");
    if (typeof authentication === "string")
      return { outcome: "unavailable", reason: authentication };
    if (!authentication.ok) return { outcome: "unauthenticated", reason: authentication.reason };
    trace.authentication = authentication;

    const delivery = await readDelivery(request, known);
    endStep("parseMs");
    if ("causes" in delivery) return { outcome: "malformed", ...delivery };
    trace.delivery = delivery;

    const decision = decide(delivery, rules, new Date(clock.now()));
    trace.decision = decision;
    trace.guard = decision.send ? judge(delivery, decision.phoneNumber) : undefined;
    endStep("decideMs");
    if (!decision.send) return { outcome: "refused", reason: decision.refused };

    const { phoneNumber, expiresAt } = decision;
    if (trace.guard?.refused !== undefined) {
      const outcome = { outcome: "refused", ...trace.guard.refused } as const;
      remember(delivery, phoneNumber, { outcome, calls: [] }, trace.guard);
      return outcome;
    }

    const delivered = await deliver({ ...delivery, expiresAt }, phoneNumber, deadline).catch(
      (error: unknown) => {
        trace.guard?.counted?.takeBack();
        throw error;
      },
    );
    endStep("sendMs");
    trace.delivered = delivered;
    if (!mayBeSent(delivered.outcome)) trace.guard?.counted?.takeBack();
    remember(delivery, phoneNumber, delivered, trace.guard);
    return delivered.outcome;
  };
}

async function readDelivery(
  request: HttpRequest,
  known: KnownIds,
): Promise<OtpDelivery | Malformed> {
  const contentType = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(?:;|$)/i.test(contentType)) return malformed("wrong-content-type");
  const read = await readBody(request);
  return "unreadable" in read
    ? malformed(read.unreadable)
    : parseTelephonyRequest(read.body, known);
}
