import { optionalChannels } from "../rules/channels.ts";
import { createClient } from "../providers/client.ts";
import type { Provider, ProviderSecret } from "../providers/send.ts";
import { outcomeOf } from "./reply.ts";
import { requestTo8x8 } from "./request.ts";
import { createSmsRequest, type SmsSettings } from "./sms.ts";
import { createVoiceRequest, type VoiceSettings } from "./voice.ts";

export interface ChannelSettings {
  readonly sms: SmsSettings;
  readonly voice: VoiceSettings | undefined;
}

export function create8x8({ sms, voice }: ChannelSettings, apiKey: ProviderSecret) {
  const channels = {
    sms: {
      client: createClient(sms.url),
      createRequest(codeRequest, phoneNumber, key) {
        const { path, body } = createSmsRequest(codeRequest, phoneNumber, sms);
        return requestTo8x8(path, body, key);
      },
      outcomeOf: (reply) => outcomeOf(reply, "sms"),
    },
    voice: voice && {
      client: createClient(voice.url),
      createRequest(codeRequest, phoneNumber, key) {
        const { path, body } = createVoiceRequest(codeRequest, phoneNumber, voice);
        return requestTo8x8(path, body, key);
      },
      outcomeOf: (reply) => outcomeOf(reply, "voice"),
    },
  } satisfies Provider["channels"];
  return {
    name: "8x8",
    secret: apiKey,
    channels,
    retries: true,
    whyNot({ channel }, { hasExtension }) {
      if (hasExtension) return "number-with-extension";
      const off = optionalChannels.find((known) => known === channel && !channels[known]);
      return off && `${off}-off`;
    },
  } satisfies Provider;
}
