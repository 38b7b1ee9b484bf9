export interface ReasonRow {
  readonly outcome:
    "refused" | "rejected" | "unconfirmed" | "unavailable" | "malformed" | "unauthenticated";
  readonly by?: "policy" | "guard";
  /** Only a refusal that looks like toll fraud can be suppressed. */
  readonly abuse?: boolean;
  /** Real people get this refusal too, so only repeated refusals are suppressed. */
  readonly mayMeetPerson?: boolean;
  /** The reason lies in the phone number or the code, so no other provider gets the code. */
  readonly final?: boolean;
  /** If this many people in a row get the reason, the provider has an outage. */
  readonly outageAfter?: number;
  /** Anyone can cause this reason, because it can come before the authentication. */
  readonly beforeAuthentication?: boolean;
}

export const reasons = {
  "impossible-number": { outcome: "refused", by: "policy" },
  "number-with-extension": { outcome: "refused", by: "policy" },
  "national-number-without-default-country": { outcome: "refused", by: "policy" },
  "unserved-calling-code": { outcome: "refused", by: "policy", abuse: true },
  "premium-number": { outcome: "refused", by: "policy", abuse: true },
  "country-not-allowed": { outcome: "refused", by: "policy", abuse: true },
  "country-blocked": { outcome: "refused", by: "policy", abuse: true },
  "range-blocked": { outcome: "refused", by: "policy", abuse: true },
  "expired-code": { outcome: "refused", by: "policy" },
  "voice-off": { outcome: "refused", by: "policy" },

  "user-limit": { outcome: "refused", by: "guard" },
  "number-limit": { outcome: "refused", by: "guard" },
  "country-unfinished": { outcome: "refused", by: "guard", abuse: true, mayMeetPerson: true },
  "country-recoveries": { outcome: "refused", by: "guard" },
  "country-sign-ins": { outcome: "refused", by: "guard" },
  "country-calls": { outcome: "refused", by: "guard" },

  "key-rejected": { outcome: "rejected", outageAfter: 3 },
  forbidden: { outcome: "rejected", outageAfter: 3 },
  "wrong-subaccount": { outcome: "rejected", outageAfter: 3 },
  "invalid-number": { outcome: "rejected", final: true },
  "invalid-sender": { outcome: "rejected" },
  "invalid-text": { outcome: "rejected" },
  "invalid-voice": { outcome: "rejected" },
  "invalid-request": { outcome: "rejected" },
  "expired-at-provider": { outcome: "rejected", final: true },
  "resend-interval": { outcome: "rejected", final: true },
  "no-credit": { outcome: "rejected", outageAfter: 3 },
  "insecure-protocol": { outcome: "rejected", outageAfter: 3 },
  "rejected-by-provider": { outcome: "rejected" },

  // The request was written, but no readable reply came. The provider may still send the code.
  deadline: { outcome: "unconfirmed", outageAfter: 3 },
  "connection-cut": { outcome: "unconfirmed", outageAfter: 3 },
  "unreadable-answer": { outcome: "unconfirmed", outageAfter: 3 },

  // The provider sent nothing, unless the attempt has `mayBeSent`.
  unreachable: { outcome: "unavailable", outageAfter: 3 },
  "deadline-before-sending": { outcome: "unavailable", outageAfter: 3 },
  // 8x8 may limit the rate of one number or one address.
  "rate-limited": { outcome: "unavailable", outageAfter: 10 },
  "provider-error": { outcome: "unavailable", outageAfter: 3 },
  redirected: { outcome: "unavailable", outageAfter: 3 },
  "secrets-not-loaded": { outcome: "unavailable", outageAfter: 3, beforeAuthentication: true },
  "unusable-secret": { outcome: "unavailable", outageAfter: 3 },
  "keys-not-loaded": { outcome: "unavailable", beforeAuthentication: true },
  "invalid-settings": { outcome: "unavailable", beforeAuthentication: true },
  "internal-error": { outcome: "unavailable", beforeAuthentication: true },

  "wrong-content-type": { outcome: "malformed" },
  "too-large": { outcome: "malformed" },
  "chunked-body": { outcome: "malformed" },
  "not-json": { outcome: "malformed" },
  "wrong-shape": { outcome: "malformed" },
  "wrong-event-type": { outcome: "malformed" },
  "unknown-channel": { outcome: "malformed" },
  "not-an-otp-code": { outcome: "malformed" },

  // The caller is not Okta. The reasons for refusing a token are in docs/tokens.md.
  "no-header": { outcome: "unauthenticated" },
  "wrong-secret": { outcome: "unauthenticated" },
  "not-a-token": { outcome: "unauthenticated" },
  "token-issuer": { outcome: "unauthenticated" },
  "token-audience": { outcome: "unauthenticated" },
  "token-client": { outcome: "unauthenticated" },
  "token-scope": { outcome: "unauthenticated" },
  "token-key": { outcome: "unauthenticated" },
  "token-signature": { outcome: "unauthenticated" },
  "token-expired": { outcome: "unauthenticated" },
  "token-times": { outcome: "unauthenticated" },
  "token-age": { outcome: "unauthenticated" },
} as const satisfies Readonly<Record<string, ReasonRow>>;

type Reasons = typeof reasons;

/** The reasons of an outcome: `Reason<"rejected">`, `Reason<"refused", "guard">`. */
export type Reason<Outcome extends ReasonRow["outcome"], By = unknown> = {
  [Name in keyof Reasons]: Reasons[Name] extends { outcome: Outcome; by?: By } ? Name : never;
}[keyof Reasons];

/** Reasons of a 503 that can come before the authentication. */
export type ReasonBeforeAuthentication = {
  [Name in keyof Reasons]: Reasons[Name] extends { beforeAuthentication: true } ? Name : never;
}[keyof Reasons];

export type PolicyReason = Reason<"refused", "policy">;
export type GuardReason = Reason<"refused", "guard">;

/** Whether Okta may get SUCCESSFUL, which keeps Okta's own provider from sending the code. */
export function isSuppressible({
  reason,
  suppressible = false,
}: {
  readonly reason: PolicyReason | GuardReason;
  readonly suppressible?: boolean;
}): boolean {
  const { abuse = false, mayMeetPerson = false }: ReasonRow = reasons[reason];
  return abuse && (!mayMeetPerson || suppressible);
}

export function isFinal(reason: keyof Reasons): boolean {
  const { final = false }: ReasonRow = reasons[reason];
  return final;
}

/** The reasons that unauthenticated callers can cause, so their events are limited. */
export const reasonsBeforeAuthentication: ReadonlySet<unknown> = new Set(
  Object.entries<ReasonRow>(reasons)
    .filter(([, row]) => row.outcome === "unauthenticated" || row.beforeAuthentication)
    .map(([name]) => name),
);

export function reasonsOf<Outcome extends ReasonRow["outcome"]>(outcome: Outcome) {
  return Object.entries(reasons)
    .filter(([, row]) => row.outcome === outcome)
    .map(([name]) => name as Reason<Outcome>);
}
