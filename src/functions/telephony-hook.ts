import type { HttpRequest } from "@azure/functions";
import type { Deliver, Delivered } from "../8x8/deliver.ts";
import { decide, type DeliveryRules } from "../delivery/decision.ts";
import { mayBeSent } from "../delivery/outcome.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import { isMalformed, malformed, parseTelephonyRequest, type Malformed } from "../okta/telephony-request.ts";
import { systemClock } from "../timing/clock.ts";
import type { Secret } from "../secrets/secret.ts";
import { startTimer, type GuardTrace } from "../telemetry/hook-trace.ts";
import type { AuthenticateHook } from "./authenticate-hook.ts";
import type { HookPipeline } from "./hook-middleware.ts";
import { readBody } from "./request-body.ts";

export interface TelephonyHook {
  readonly authenticate: AuthenticateHook;
  readonly apiKey: Pick<Secret, "current">;
  readonly rules: DeliveryRules;
  /** Judges a code that is to be sent, and counts it where it is let through. Undefined where the guard is off or failed. */
  readonly judge: (delivery: OtpDelivery, phoneNumber: PhoneNumber) => GuardTrace | undefined;
  readonly deliver: Deliver;
  /** Keeps what Okta's event on the use of the code is joined with. Returns at once. */
  readonly remember: (
    delivery: OtpDelivery,
    phoneNumber: PhoneNumber,
    delivered: Delivered,
    guard: GuardTrace | undefined,
  ) => void;
}

/** The way of a request: authenticate, parse, decide, ask the guard, send. */
export function createTelephonyHook(telephonyHook: TelephonyHook): HookPipeline {
  const { authenticate, apiKey, rules, judge, deliver, remember } = telephonyHook;
  return async (request, trace, deadline) => {
    const endStep = startTimer(systemClock, trace);
    // Begins the key's read if it is due, beside the hook secret's: then a hook waits one second for both, not two.
    apiKey.current();
    const authentication = await authenticate(request.headers, deadline);
    endStep("authenticateMs");
    if (typeof authentication === "string") return { outcome: "unavailable", reason: authentication };
    if (!authentication.ok) return { outcome: "unauthenticated", reason: authentication.reason };
    trace.authentication = authentication;

    const delivery = await readDelivery(request);
    endStep("parseMs");
    if (isMalformed(delivery)) return { outcome: "malformed", ...delivery };
    trace.delivery = delivery;

    const decision = decide(delivery, rules, new Date());
    trace.decision = decision;
    trace.guard = decision.send ? judge(delivery, decision.phoneNumber) : undefined;
    endStep("decideMs");
    if (!decision.send) return { outcome: "refused", reason: decision.refused };

    const { phoneNumber, expiresAt } = decision;
    if (trace.guard?.refused !== undefined) {
      const outcome = { outcome: "refused", reason: trace.guard.refused } as const;
      remember(delivery, phoneNumber, { outcome, calls: [] }, trace.guard);
      return outcome;
    }

    const delivered = await deliver({ ...delivery, expiresAt }, phoneNumber, deadline).catch((error: unknown) => {
      trace.guard?.counted?.takeBack();
      throw error;
    });
    endStep("sendMs");
    trace.delivered = delivered;
    if (!mayBeSent(delivered.outcome)) trace.guard?.counted?.takeBack();
    remember(delivery, phoneNumber, delivered, trace.guard);
    return delivered.outcome;
  };
}

async function readDelivery(request: HttpRequest): Promise<OtpDelivery | Malformed> {
  const contentType = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(?:;|$)/i.test(contentType)) return malformed("wrong-content-type");
  const read = await readBody(request);
  return "unreadable" in read ? malformed(read.unreadable) : parseTelephonyRequest(read.body);
}
