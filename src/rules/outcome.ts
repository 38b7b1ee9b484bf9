import type { Channel } from "./channels.ts";
import type { GuardReason, PolicyReason, Reason, ReasonBeforeAuthentication } from "./reasons.ts";

export type ProviderName = "8x8" | "second-hook";

interface ProviderFacts {
  /** 8x8's id. The second hook's ids are dropped. */
  readonly id?: string | undefined;
  readonly oddId?: boolean | undefined;
  /** 8x8's code (QUEUED or 1002), the second hook's status (SUCCESSFUL) or the HTTP status. */
  readonly code?: string | undefined;
}

/** `accepted` means that a provider accepted the code, not that it reached the phone. */
export type AttemptOutcome = ProviderFacts &
  (
    | {
        readonly ok: true;
        readonly outcome: "accepted";
        /** Whether the second hook answered PENDING. Okta then gets PENDING too. */
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
        /** Whether the provider got the request and may have sent the code. */
        readonly mayBeSent?: boolean;
      }
  );

export interface Refused {
  readonly ok: false;
  readonly outcome: "refused";
  readonly reason: PolicyReason | GuardReason;
  /** The guard has refused the person repeatedly, which is strong evidence of toll fraud. */
  readonly suppressible?: boolean;
}

/** Causes contain paths in the request body, never values. */
export interface Malformed {
  readonly ok: false;
  readonly outcome: "malformed";
  readonly reason: Reason<"malformed">;
  readonly causes: readonly { readonly path: string; readonly reason: Reason<"malformed"> }[];
}

export type HookResult = AttemptOutcome | Refused | Malformed | ReturnType<typeof unauthenticated>;

export type Attempt = AttemptOutcome & {
  readonly provider: ProviderName;
  readonly channel: Channel;
  readonly host: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly status: number | undefined;
};

export type FailureReason = Reason<"rejected" | "unconfirmed" | "unavailable">;

export type Sent = AttemptOutcome & {
  /** The provider whose outcome this is. */
  readonly provider: ProviderName;
  /** Why the other provider did not accept the code, or why it was passed over. */
  readonly otherReason?: FailureReason | undefined;
  /** The provider that did not get the code because it has an outage. */
  readonly passedOver?: ProviderName | undefined;
  /** A request without an answer is in the list too, with the reason `deadline`. */
  readonly attempts: readonly Attempt[];
  /** Resolves when each open request has ended. Never rejects. Undefined if none is open. */
  readonly open?: Promise<Sent> | undefined;
};

export function mayBeSent({ attempts }: Pick<Sent, "attempts">): boolean {
  return attempts.some(
    (attempt) =>
      attempt.ok ||
      attempt.outcome === "unconfirmed" ||
      (attempt.outcome === "unavailable" && attempt.mayBeSent),
  );
}

export type Authentication =
  /** `secretVersion` is 1 for the newest version. */
  | { readonly ok: true; readonly by: "secret"; readonly secretVersion: number }
  /** Time since the token was issued. The token's `iat` is in whole seconds. */
  | { readonly ok: true; readonly by: "token"; readonly tokenAgeMs: number }
  | ReturnType<typeof unauthenticated>
  | ReturnType<typeof unavailable>;

export function unauthenticated(reason: Reason<"unauthenticated">) {
  return { ok: false, outcome: "unauthenticated", reason } as const;
}

/** Why a request that may be anyone's gets a 503. */
export function unavailable(reason: Reason<"unavailable"> & ReasonBeforeAuthentication) {
  return { ok: false, outcome: "unavailable", reason } as const;
}
