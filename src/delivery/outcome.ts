import type { Channel } from "./channels.ts";
import {
  reasons,
  type GuardReason,
  type PolicyReason,
  type Reason,
  type ReasonRow,
} from "./reasons.ts";

/** 8x8's own words about one delivery, for telemetry and for Okta's administrators. */
interface ProviderAnswer {
  /** 8x8's id of the SMS or of the call. */
  readonly id?: string | undefined;
  /** 8x8 gave an id that is not a UUID. It was dropped. */
  readonly oddId?: boolean | undefined;
  /** 8x8's code: QUEUED, 1002, -1014, or the HTTP status if 8x8 gave no code. */
  readonly code?: string | undefined;
}

/** How an attempt ended. `accepted` means that 8x8 took the code, not that the phone has it. */
export type AttemptOutcome = ProviderAnswer &
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

/** Our own no, before anything was sent. */
export interface Refused {
  readonly ok: false;
  readonly outcome: "refused";
  readonly reason: PolicyReason | GuardReason;
  /** The guard has seen the refusal repeated: strong evidence of toll fraud. */
  readonly suppressible?: boolean;
}

/**
 * Whether a refusal may be answered SUCCESSFUL, so that Okta's own provider does not send the code
 * either.
 */
export function isSuppressible({ reason, suppressible = false }: Refused): boolean {
  const { abuse = false, mayMeetPerson = false }: ReasonRow = reasons[reason];
  return abuse && (!mayMeetPerson || suppressible);
}

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
export type Delivered = AttemptOutcome & { readonly attempts: readonly Attempt[] };

/**
 * Whether 8x8 may have sent the code. After a 5xx other than 503 it may have: the request was
 * written, and 8x8 documents no error that says that nothing was sent.
 * https://developer.8x8.com/connect/docs/api-error-codes
 */
export function mayBeSent({ attempts }: Pick<Delivered, "attempts">): boolean {
  return attempts.some(
    ({ ok, outcome, status = 0 }) =>
      ok || outcome === "unconfirmed" || (status >= 500 && status !== 503),
  );
}
