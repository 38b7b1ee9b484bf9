import { channelNames, type Channel, type OptionalChannel } from "../delivery/channels.ts";
import type { Clock } from "../timing/clock.ts";
import { createClient } from "./client.ts";
import type { ReceiptKind } from "./receipt.ts";
import type { ParseReply } from "./reply.ts";
import type { ApiSettings, CreateRequest, Sender, Senders } from "./sender.ts";
import { callReceipts } from "./session-summary.ts";
import { smsReceipts } from "./sms-receipt.ts";
import { createSmsRequest, parseSmsReply, type SmsSettings } from "./sms.ts";
import { createVoiceRequest, parseVoiceReply, type VoiceSettings } from "./voice.ts";

interface SettingsByChannel {
  readonly sms: SmsSettings;
  readonly voice: VoiceSettings;
}

/** Undefined where a channel is off. */
export type ChannelSettings = {
  readonly [Name in Channel]: SettingsByChannel[Name] | (Name extends OptionalChannel ? undefined : never);
};

interface ChannelApi<Settings extends ApiSettings> {
  readonly createRequest: CreateRequest<Settings>;
  readonly parseReply: ParseReply;
  readonly receipts: ReceiptKind;
}

/** 8x8's API for each channel. */
export const channelApis: { readonly [Name in Channel]: ChannelApi<SettingsByChannel[Name]> } = {
  sms: { createRequest: createSmsRequest, parseReply: parseSmsReply, receipts: smsReceipts },
  voice: { createRequest: createVoiceRequest, parseReply: parseVoiceReply, receipts: callReceipts },
};

/** One for each channel that is on, with a client of its own. */
export function createSenders(clock: Clock, settings: ChannelSettings): Senders {
  return Object.assign(
    {},
    ...channelNames.map((channel) => createSender(clock, channel, settings[channel])),
  ) as Senders;
}

function createSender<Name extends Channel>(
  clock: Clock,
  channel: Name,
  settings: SettingsByChannel[Name] | undefined,
): Senders {
  if (settings === undefined) return {};
  const { createRequest, parseReply } = channelApis[channel];
  const sender: Sender = {
    client: createClient(clock, settings.url),
    createRequest: (delivery, phoneNumber) => createRequest(delivery, phoneNumber, settings),
    parseReply,
  };
  return { [channel]: sender };
}
