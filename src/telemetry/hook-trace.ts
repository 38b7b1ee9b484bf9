import type { Authentication } from "../auth/authentication.ts";
import type { Decision } from "../delivery/decision.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { Attempt } from "../delivery/outcome.ts";
import type { GuardFacts } from "../guard/delivery-guard.ts";
import type { Clock } from "../timing/clock.ts";

/** What became known of one request, step by step. It is recorded, and nothing is decided by it. */
export interface HookTrace {
  caller?: Extract<Authentication, { ok: true }>;
  delivery?: OtpDelivery;
  decision?: Decision;
  guard?: GuardFacts | undefined;
  attempts?: readonly Attempt[];
  invalidSettings?: readonly string[];
  /** Milliseconds by step. */
  readonly timings: Partial<Record<Step, number>>;
}

/** Waiting for a secret is part of the step that needs it: authenticateMs, sendMs. */
type Step = "authenticateMs" | "parseMs" | "decideMs" | "sendMs";

/** Records how long each step took since the last one ended. */
export function startTimer(
  clock: Pick<Clock, "elapsed">,
  { timings }: HookTrace,
): (step: Step) => void {
  let last = clock.elapsed();
  return (step) => {
    const now = clock.elapsed();
    timings[step] = now - last;
    last = now;
  };
}
