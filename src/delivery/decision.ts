import { isOptional, type Channel } from "./channels.ts";
import type { OtpDelivery } from "./otp-delivery.ts";
import type { AbuseReason, RefusedReason } from "./outcome.ts";
import { parsePhoneNumber, PhoneNumber } from "./phone-number.ts";
import { judgePhoneNumber, type PhonePolicy } from "./phone-policy.ts";

export type Decision =
  | {
      readonly send: true;
      readonly phoneNumber: PhoneNumber;
      /** What the policy would have refused, had it not been in record mode. */
      readonly recorded: AbuseReason | undefined;
      /**
       * Undefined where the code does not expire, or expired a moment ago: 8x8 refuses a time in
       * the past.
       */
      readonly expiresAt: Date | undefined;
    }
  | {
      readonly send: false;
      /** Undefined where what Okta wrote is no number we can use. */
      readonly phoneNumber: PhoneNumber | undefined;
      readonly refused: RefusedReason;
    };

export interface DeliveryRules {
  readonly phonePolicy: PhonePolicy;
  readonly isOn: (channel: Channel) => boolean;
}

/** Okta's clock and ours differ: a code that expired just now may still be good. */
const clockToleranceMs = 60_000;

export function decide(
  delivery: OtpDelivery,
  { phonePolicy, isOn }: DeliveryRules,
  now: Date,
): Decision {
  const parsed = parsePhoneNumber(delivery.phoneNumber, phonePolicy.defaultCountry);
  if (!(parsed instanceof PhoneNumber))
    return { send: false, phoneNumber: undefined, refused: parsed };
  const refuse = (refused: RefusedReason): Decision => ({
    send: false,
    phoneNumber: parsed,
    refused,
  });
  // Judged first, so that no other refusal lets Okta's fallback send to such a number.
  const abuse = judgePhoneNumber(parsed, phonePolicy);
  if (abuse !== undefined && phonePolicy.mode === "enforce") return refuse(abuse);
  if (parsed.hasExtension) return refuse("number-with-extension");
  const { channel, expiresAt } = delivery;
  if (isOptional(channel) && !isOn(channel)) return refuse(`${channel}-off`);
  const remainingMs = (expiresAt?.getTime() ?? Infinity) - now.getTime();
  if (remainingMs <= -clockToleranceMs) return refuse("expired-code");
  return {
    send: true,
    phoneNumber: parsed,
    recorded: abuse,
    expiresAt: remainingMs > 0 ? expiresAt : undefined,
  };
}
