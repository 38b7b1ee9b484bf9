import type { Delivered } from "../8x8/deliver.ts";
import { mayBeSent } from "../delivery/outcome.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import type { SentCode } from "./code-table.ts";

/** What the guard made of it. */
interface Counted {
  readonly phoneKey: string | undefined;
  readonly knownRange: string | undefined;
  readonly counted: { readonly at: Date } | undefined;
}

/**
 * What is kept of a code, if Okta named its person. A code that 8x8 did not take is kept too, without 8x8's id: Okta sends it
 * itself, and its use would count as that of the code before.
 */
export function sentCodeOf(
  { oktaUserId, channel, kind, eventId, requestType }: OtpDelivery,
  { country, callingCode, range }: PhoneNumber,
  { outcome, calls }: Delivered,
  guard: Counted | undefined,
  now: Date,
): SentCode | undefined {
  if (oktaUserId === undefined) return undefined;
  return {
    oktaUserId,
    channel,
    kind,
    sentAt: calls.at(-1)?.startedAt ?? now,
    providerId: outcome.outcome === "accepted" ? outcome.id : undefined,
    ...{ eventId, requestType, country, callingCode, range },
    ...{ phoneKey: guard?.phoneKey, knownRange: guard?.knownRange },
    countedAt: mayBeSent(outcome) ? guard?.counted?.at : undefined,
  };
}
