import type { Channel } from "./channels.ts";
import type { GuardReason, PolicyReason, Reason } from "./reasons.ts";

/** 8x8, or the one behind the second hook. */
export type ProviderName = "8x8" | "second-hook";

/** What a provider replied. Telemetry and Okta's System Log get it. */
interface ProviderFacts {
  /** 8x8's id. The second hook's ids are dropped. */
  readonly id?: string | undefined;
  /** True if 8x8 gave an id that is not a UUID. That id was dropped. */
  readonly oddId?: boolean | undefined;
  /**
   * 8x8's code (QUEUED, 1002, -1014), the second hook's status (SUCCESSFUL), or the HTTP status if
   * the provider gave neither.
   */
  readonly code?: string | undefined;
}

/** `accepted` means that a provider accepted the code, not that it reached the phone. */
export type AttemptOutcome = ProviderFacts &
  (
    | {
        readonly ok: true;
        readonly outcome: "accepted";
        /** The second hook answered PENDING, so Okta gets that word too. */
        readonly pending?: boolean;
      }
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
        /** The provider got the request, and does not say that nothing was sent. */
        readonly mayBeSent?: boolean;
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

/** One request to a provider. */
export type Attempt = AttemptOutcome & {
  readonly provider: ProviderName;
  readonly channel: Channel;
  readonly host: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** HTTP status of the provider's reply. */
  readonly status: number | undefined;
};

/** What became of a code. Without a secret for the provider there are no attempts. */
export type Sent = AttemptOutcome & {
  /** Who accepted the code. If no provider did: whose outcome this is. */
  readonly provider: ProviderName;
  /** Why the other provider did not accept the code. Undefined if it was not asked. */
  readonly otherReason?: Reason<"rejected" | "unconfirmed" | "unavailable"> | undefined;
  readonly attempts: readonly Attempt[];
};

/** Whether a provider may have sent the code. */
export function mayBeSent({ attempts }: Pick<Sent, "attempts">): boolean {
  return attempts.some(
    (attempt) =>
      attempt.ok ||
      attempt.outcome === "unconfirmed" ||
      (attempt.outcome === "unavailable" && attempt.mayBeSent),
  );
}
