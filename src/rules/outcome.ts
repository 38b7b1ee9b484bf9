import type { Channel } from "./channels.ts";
import type { GuardReason, PolicyReason, Reason } from "./reasons.ts";

/** What 8x8 replied. Telemetry and Okta's System Log get it. */
interface ProviderFacts {
  readonly id?: string | undefined;
  /** True if 8x8 gave an id that is not a UUID. That id was dropped. */
  readonly oddId?: boolean | undefined;
  /** 8x8's code: QUEUED, 1002, -1014, or the HTTP status if 8x8 gave no code. */
  readonly code?: string | undefined;
}

/** `accepted` means that 8x8 accepted the code, not that it reached the phone. */
export type AttemptOutcome = ProviderFacts &
  (
    | { readonly ok: true; readonly outcome: "accepted" }
    | { readonly ok: false; readonly outcome: "rejected"; readonly reason: Reason<"rejected"> }
    | {
        readonly ok: false;
        readonly outcome: "unconfirmed";
        readonly reason: Reason<"unconfirmed">;
      }
    | {
        readonly ok: false;
        readonly outcome: "unavailable";
        readonly reason: Reason<"unavailable">;
      }
  );

/** We refuse the code. Nothing was sent. */
export interface Refused {
  readonly ok: false;
  readonly outcome: "refused";
  readonly reason: PolicyReason | GuardReason;
  /** The guard has refused the person repeatedly, which is strong evidence of toll fraud. */
  readonly suppressible?: boolean;
}

/**
 * The request does not fit Okta's telephony hook. Causes name paths into the body, never values.
 */
export interface Malformed {
  readonly ok: false;
  readonly outcome: "malformed";
  readonly reason: Reason<"malformed">;
  readonly causes: readonly { readonly path: string; readonly reason: Reason<"malformed"> }[];
}

/** How a request to the telephony hook ends. */
export type HookResult =
  | AttemptOutcome
  | Refused
  | Malformed
  | {
      readonly ok: false;
      readonly outcome: "unauthenticated";
      readonly reason: Reason<"unauthenticated">;
    };

/** One request to 8x8. */
export type Attempt = AttemptOutcome & {
  readonly channel: Channel;
  readonly host: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** HTTP status of 8x8's reply. */
  readonly status: number | undefined;
};

/** The outcome of the last attempt. Without an API key there are no attempts. */
export type Sent = AttemptOutcome & { readonly attempts: readonly Attempt[] };

/**
 * Whether 8x8 may have sent the code. A 503 counts as not sent. Any other 5xx counts as possibly
 * sent: 8x8 got the request, and its documents do not say that nothing was sent.
 * https://developer.8x8.com/connect/docs/api-error-codes
 */
export function mayBeSent({ attempts }: Pick<Sent, "attempts">): boolean {
  return attempts.some(
    ({ ok, outcome, status = 0 }) =>
      ok || outcome === "unconfirmed" || (status >= 500 && status !== 503),
  );
}
