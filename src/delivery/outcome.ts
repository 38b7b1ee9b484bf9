import { optionalChannels, type OptionalChannel } from "./channels.ts";

/** We said no. */
export const refusedReasons = [
  "impossible-number",
  "number-with-extension",
  "national-number-without-default-country",
  "unserved-calling-code",
  "premium-number",
  "country-not-allowed",
  "country-blocked",
  "range-blocked",
  "expired-code",
  ...optionalChannels.map((channel): ChannelOff => `${channel}-off`),
] as const;
type ChannelOff = `${OptionalChannel}-off`;
export type RefusedReason = (typeof refusedReasons)[number];

/**
 * What the guard has against a code: more of them than people need. Which of these looks like
 * abuse, each refusal says.
 */
export const guardReasons = [
  "range-unfinished",
  "country-unfinished",
  "unplanned-country",
  "number-limit",
  "user-limit",
  "country-unused",
  "country-codes",
  "country-calls",
  "country-budget",
] as const;
export type GuardReason = (typeof guardReasons)[number];

const abuseReasons = [
  "unserved-calling-code",
  "premium-number",
  "country-not-allowed",
  "country-blocked",
  "range-blocked",
] as const;
export type AbuseReason = (typeof abuseReasons)[number];

/**
 * Strong evidence of toll fraud. Every other refusal may meet a person who needs a code, from
 * whomever.
 */
export function isAbuse(reason: RefusedReason): boolean {
  return abuseReasons.some((abuse) => abuse === reason);
}

/** 8x8 said no. */
export const rejectedReasons = [
  "key-rejected",
  "forbidden",
  "wrong-subaccount",
  "invalid-number",
  "invalid-sender",
  "invalid-text",
  "invalid-voice",
  "invalid-request",
  "expired-at-provider",
  "resend-interval",
  "no-credit",
  "insecure-protocol",
  "rejected-by-provider",
] as const;
export type RejectedReason = (typeof rejectedReasons)[number];

/** The request was written and no readable answer came: 8x8 may still send. */
export const unconfirmedReasons = ["deadline", "connection-cut", "unreadable-answer"] as const;

/** Nobody decided, and nothing was sent. */
export const unavailableReasons = [
  "unreachable",
  "deadline-before-sending",
  "rate-limited",
  "provider-error",
  "redirected",
  "secrets-not-loaded",
  "keys-not-loaded",
  "settings-wrong",
  "internal-error",
] as const;
export type UnavailableReason = (typeof unavailableReasons)[number];

/** 8x8's own words about one delivery, for telemetry and for Okta's administrators. */
interface ProviderAnswer {
  /** 8x8's id of the SMS or of the call. */
  readonly id?: string | undefined;
  /** 8x8 gave an id that is no UUID. It was dropped. */
  readonly oddId?: boolean | undefined;
  /** 8x8's code: QUEUED, 1002, -1014, or the HTTP status where it gave no code. */
  readonly code?: string | undefined;
}

/** How a delivery ended. `accepted` means that 8x8 took it, not that the phone has it. */
export type DeliveryOutcome =
  | ({ readonly outcome: "accepted" } & ProviderAnswer)
  | ({ readonly outcome: "rejected"; readonly reason: RejectedReason } & ProviderAnswer)
  | ({
      readonly outcome: "unconfirmed";
      readonly reason: (typeof unconfirmedReasons)[number];
    } & ProviderAnswer)
  | ({ readonly outcome: "unavailable"; readonly reason: UnavailableReason } & ProviderAnswer)
  | { readonly outcome: "refused"; readonly reason: RefusedReason }
  | ({ readonly outcome: "refused" } & GuardRefusal);

export interface GuardRefusal {
  readonly reason: GuardReason;
  /** Repeated, and strong evidence of toll fraud: it may be answered as if the code was sent. */
  readonly suppressible: boolean;
}

/** Whether 8x8 may have sent the code. */
export function mayBeSent({ outcome }: DeliveryOutcome): boolean {
  return outcome === "accepted" || outcome === "unconfirmed";
}
