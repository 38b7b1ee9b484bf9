import type { Channel } from "../delivery/channels.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import type { Client } from "./client.ts";
import type { ParseReply } from "./reply.ts";

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
