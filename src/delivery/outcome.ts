/** We said no. */
export type RefusedReason =
  | "impossible-number"
  | "number-with-extension"
  | "national-number-without-default-country"
  | "country-not-allowed"
  | "country-blocked"
  | "expired-code"
  | "voice-off";

/** 8x8 said no. */
export type RejectedReason =
  | "key-rejected"
  | "forbidden"
  | "wrong-subaccount"
  | "invalid-number"
  | "invalid-sender"
  | "invalid-text"
  | "invalid-voice"
  | "invalid-request"
  | "expired-at-provider"
  | "resend-interval"
  | "insecure-protocol"
  | "rejected-by-provider";

/** The request was written and no readable answer came: 8x8 may still send. */
export type UnconfirmedReason = "deadline" | "connection-cut" | "unreadable-answer";

/** Nobody decided, and nothing was sent. */
export type UnavailableReason =
  | "unreachable"
  | "deadline-before-sending"
  | "rate-limited"
  | "provider-error"
  | "redirected"
  | "secrets-not-loaded"
  | "settings-wrong"
  | "internal-error";

/** 8x8's own words about one delivery, for telemetry and for Okta's administrators. */
export interface ProviderAnswer {
  /** 8x8's id of the SMS or of the call. */
  readonly id?: string | undefined;
  /** 8x8's code: QUEUED, 1002, -1014, or the HTTP status where it gave no code. */
  readonly code?: string | undefined;
}

/** How a delivery ended. `accepted` means that 8x8 took it, not that the phone has it. */
export type DeliveryOutcome =
  | ({ readonly outcome: "accepted" } & ProviderAnswer)
  | ({ readonly outcome: "rejected"; readonly reason: RejectedReason } & ProviderAnswer)
  | ({ readonly outcome: "unconfirmed"; readonly reason: UnconfirmedReason } & ProviderAnswer)
  | ({ readonly outcome: "unavailable"; readonly reason: UnavailableReason } & ProviderAnswer)
  | Refusal;

export interface Refusal {
  readonly outcome: "refused";
  readonly reason: RefusedReason;
}
