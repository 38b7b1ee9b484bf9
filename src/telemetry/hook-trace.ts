import type { Delivered } from "../8x8/deliver.ts";
import type { Decision } from "../delivery/decision.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { GuardReason } from "../delivery/outcome.ts";
import type { GuardVerdict } from "../guard/guard.ts";
import type { Authentication, TokenAuthentication } from "../okta/authenticate.ts";

/** What the guard said of a code that our policy lets through. */
export interface GuardTrace {
  /** Undefined where it has nothing against the code. */
  readonly verdict: GuardVerdict | undefined;
  /** Undefined where the code is sent, as in record mode whatever the verdict. */
  readonly refused: GuardReason | undefined;
  /** Whether outcomes come in: without them nothing is refused for what nobody finished. */
  readonly feedAlive: boolean;
  /** Since counts were last exchanged with other instances; undefined before the first time, and where they are not. */
  readonly exchangeAgeMs: number | undefined;
}

/** What became known of one hook, step by step. */
export interface HookTrace {
  authentication?: Extract<Authentication | TokenAuthentication, { ok: true }>;
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
export function startTimer({ timings }: HookTrace): (step: Step) => void {
  let last = performance.now();
  return (step) => {
    const now = performance.now();
    timings[step] = now - last;
    last = now;
  };
}
