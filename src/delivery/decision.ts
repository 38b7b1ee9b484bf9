import type { Channel, OptionalChannel, OtpDelivery } from "./otp-delivery.ts";
import type { RefusedReason } from "./outcome.ts";
import { parsePhoneNumber, PhoneNumber } from "./phone-number.ts";
import { judgeCountry, type PhonePolicy } from "./phone-policy.ts";

/** Whether a delivery is made, and why not. */
export type Decision =
  | {
      readonly send: true;
      readonly phoneNumber: PhoneNumber;
      /** What the country lists would have refused, had the policy not been in record mode. */
      readonly recorded: RefusedReason | undefined;
    }
  | {
      readonly send: false;
      /** Undefined where what Okta wrote is no number we can use. */
      readonly phoneNumber: PhoneNumber | undefined;
      readonly refused: RefusedReason;
    };

export interface DeliveryRules {
  readonly phonePolicy: PhonePolicy;
  /** Which of the channels that can be off are on. */
  readonly on: Readonly<Record<OptionalChannel, boolean>>;
}

/** What our rules say of a delivery at the time `now`. Pure: it asks nobody. */
export function decide(delivery: OtpDelivery, { phonePolicy, on }: DeliveryRules, now: Date): Decision {
  const parsed = parsePhoneNumber(delivery.phoneNumber, phonePolicy.defaultCountry);
  if (!(parsed instanceof PhoneNumber)) return { send: false, phoneNumber: undefined, refused: parsed };
  const refuse = (refused: RefusedReason): Decision => ({ send: false, phoneNumber: parsed, refused });
  const { channel, expiresAt } = delivery;
  if (isOptional(channel) && !on[channel]) return refuse(`${channel}-off`);
  if (expiresAt !== undefined && expiresAt <= now) return refuse("expired-code");
  const country = judgeCountry(parsed, phonePolicy);
  if (country !== undefined && phonePolicy.mode === "enforce") return refuse(country);
  return { send: true, phoneNumber: parsed, recorded: country };
}

function isOptional(channel: Channel): channel is OptionalChannel {
  return channel !== "sms";
}
