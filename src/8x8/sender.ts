import type { Channel } from "../delivery/channels.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import type { Client } from "./client.ts";
import type { ParseReply } from "./reply.ts";
import { findFor, type ByCountry } from "../delivery/phone-policy.ts";
import type { UsedSender } from "../delivery/redacted.ts";

/** What every API of 8x8's is reached with. */
export interface ApiSettings {
  /** Origin. */
  readonly url: string;
  readonly subAccount: string;
}

/** What one of 8x8's APIs needs to send a code. */
export interface Sender {
  readonly client: Client;
  createRequest(delivery: OtpDelivery, phoneNumber: PhoneNumber): ProviderRequest;
  readonly parseReply: ParseReply;
}

/** None where the channel is off. */
export type Senders = Readonly<Partial<Record<Channel, Sender>>>;

export type CreateRequest<Settings extends ApiSettings> = (
  delivery: OtpDelivery,
  phoneNumber: PhoneNumber,
  settings: Settings,
) => ProviderRequest;

/** One POST to 8x8. The body holds number and text: it goes nowhere else. */
export interface ProviderRequest {
  readonly path: string;
  readonly body: object;
}

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
