import type { Delivered } from "../8x8/deliver.ts";
import type { Decision } from "../delivery/decision.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";

/** What became known of one hook, step by step. */
export interface HookTrace {
  /** 1 is the newest. */
  secretVersion?: number;
  delivery?: OtpDelivery;
  decision?: Decision;
  delivered?: Delivered;
  wrongSettings?: readonly string[];
  /** Milliseconds by step. */
  readonly timings: Partial<Record<Step, number>>;
}

/** Waiting for a secret is part of the step that needs it: authenticateMs, sendMs. */
export type Step = "authenticateMs" | "parseMs" | "decideMs" | "sendMs";

/** Writes down how long each step took, since the last one ended. */
export function startTimer({ timings }: HookTrace): (step: Step) => void {
  let last = performance.now();
  return (step) => {
    const now = performance.now();
    timings[step] = now - last;
    last = now;
  };
}
