import type { Channel } from "../delivery/channels.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import type { Clock } from "../timing/clock.ts";
import { createClient, type Client } from "./client.ts";
import type { ParseReply } from "./reply.ts";
import { createSmsRequest, parseSmsReply, type SmsSettings } from "./sms.ts";
import { createVoiceRequest, parseVoiceReply, type VoiceSettings } from "./voice.ts";

export interface ChannelSettings {
  readonly sms: SmsSettings;
  readonly voice: VoiceSettings | undefined;
}

interface Sender {
  readonly client: Client;
  /** One POST to 8x8. The body holds number and text: it goes nowhere else. */
  createRequest(
    delivery: OtpDelivery,
    phoneNumber: PhoneNumber,
  ): { readonly path: string; readonly body: object };
  readonly parseReply: ParseReply;
}

/** 8x8's API for each channel that is on, with a client of its own. */
export type Senders = Readonly<Record<Channel, Sender | undefined>>;

export function createSenders(clock: Clock, { sms, voice }: ChannelSettings): Senders {
  return {
    sms: {
      client: createClient(clock, sms.url),
      createRequest: (...code) => createSmsRequest(...code, sms),
      parseReply: parseSmsReply,
    },
    voice: voice && {
      client: createClient(clock, voice.url),
      createRequest: (...code) => createVoiceRequest(...code, voice),
      parseReply: parseVoiceReply,
    },
  };
}
