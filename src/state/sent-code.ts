import type { Delivered } from "../8x8/deliver.ts";
import { isOktaUserId } from "../delivery/okta-user-id.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import type { SentCode } from "./code-table.ts";

/** Okta's ids have no documented length. */
const idLengthLimit = 256;

/** What is kept of a code, where 8x8 took it and Okta said whom it is for. */
export function sentCodeOf(
  { oktaUserId, channel, eventId, requestType }: OtpDelivery,
  { countries }: PhoneNumber,
  { outcome, calls }: Delivered,
): SentCode | undefined {
  const sentAt = calls.at(-1)?.startedAt;
  if (outcome.outcome !== "accepted" || sentAt === undefined) return undefined;
  if (oktaUserId === undefined || !isOktaUserId(oktaUserId)) return undefined;
  return {
    oktaUserId,
    channel,
    sentAt,
    eventId: eventId?.slice(0, idLengthLimit),
    providerId: outcome.id,
    requestType: requestType?.slice(0, idLengthLimit),
    // Undefined where the number may be in several countries.
    country: countries.length === 1 ? countries[0] : undefined,
  };
}
