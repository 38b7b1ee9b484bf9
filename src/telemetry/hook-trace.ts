import type { Delivered } from "../8x8/deliver.ts";
import type { Decision } from "../delivery/decision.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { GuardRefusal } from "../delivery/outcome.ts";
import type { Judgment, Refusal } from "../guard/guard.ts";
import type { Authentication } from "../okta/authenticate.ts";
import type { Clock } from "../timing/clock.ts";

/** What the guard said of a code that our policy lets through. */
export interface GuardTrace extends Pick<Judgment, "dayPercent"> {
  /** The limit that the code exceeds, where it does. */
  readonly verdict: Refusal | undefined;
  /** Undefined where the code is sent, as in record mode whatever the verdict. */
  readonly refused: GuardRefusal | undefined;
  /** Where it was let through. `takeBack` is to be called where 8x8 did not take it. */
  readonly counted: { readonly at: Date; readonly takeBack: () => void } | undefined;
  /** Keyed hash of the number; undefined where the number is exempt, of which no use is counted. */
  readonly phoneKey: string | undefined;
  readonly knownRange: string | undefined;
  /** False before the first used code too. */
  readonly eventsOnTime: boolean;
}

/** What became known of one hook, step by step. */
export interface HookTrace {
  authentication?: Extract<Authentication, { ok: true }>;
  delivery?: OtpDelivery;
  decision?: Decision;
  guard?: GuardTrace | undefined;
  delivered?: Delivered;
  wrongSettings?: readonly string[];
  /** Milliseconds by step. */
  readonly timings: Partial<Record<Step, number>>;
}

/** Waiting for a secret is part of the step that needs it: authenticateMs, sendMs. */
export type Step = "authenticateMs" | "parseMs" | "decideMs" | "sendMs";

/** Writes down how long each step took, since the last one ended. */
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
