import { findFor, type ByCountry } from "../delivery/by-country.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import type { UsedSender } from "../delivery/redacted.ts";

/**
 * Whether 8x8 sent an SMS with another sender than it was asked for. It is asked for what is set for the number's country, so
 * the receipts of SMS from before a change of that setting are judged by it too. Undefined where 8x8 chose, or does not say.
 */
export function isSenderChanged(
  usedSender: UsedSender | undefined,
  phoneNumber: PhoneNumber | undefined,
  senders: ByCountry<string | undefined>,
): boolean | undefined {
  const asked = phoneNumber && findFor(senders, phoneNumber);
  if (!usedSender?.expose() || asked === undefined) return undefined;
  return withoutPlus(usedSender.expose()) !== withoutPlus(asked);
}

/** 8x8 writes a number with it or without. */
function withoutPlus(sender: string): string {
  return sender.replace(/^\+/, "");
}
