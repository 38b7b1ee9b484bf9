import type { RequestType } from "../delivery/otp-delivery.ts";

/** What the guard is told of a code that our policy lets through. */
export interface GuardedCode {
  /** HMAC of the number, never the number. */
  readonly phoneKey: string;
  /** HMAC of Okta's user id. */
  readonly userKey: string | undefined;
  /** E.164 less its last four digits. */
  readonly range: string;
  /** Country or, without one, calling code with `+`. */
  readonly country: string;
  readonly requestType: RequestType;
}

/** A code was used. */
export type VerifiedCode = Pick<GuardedCode, "range" | "country" | "requestType">;
