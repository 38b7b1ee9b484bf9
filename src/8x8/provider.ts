import { createClient, type ProviderRequest } from "../providers/client.ts";
import type { Provider, ProviderSecret } from "../providers/send.ts";
import { outcomeOf } from "./reply.ts";
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
        return requestTo8x8(createSmsRequest(codeRequest, phoneNumber, sms), key);
      },
      outcomeOf: (reply) => outcomeOf(reply, "sms"),
    },
    voice: voice && {
      client: createClient(voice.url),
      createRequest(codeRequest, phoneNumber, key) {
        return requestTo8x8(createVoiceRequest(codeRequest, phoneNumber, voice), key);
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
      return channel === "voice" && voice === undefined ? "voice-off" : undefined;
    },
  } satisfies Provider;
}

/** A request to any of 8x8's APIs: https://developer.8x8.com/connect/docs/authentication */
export function requestTo8x8(
  { path, body }: { readonly path: string; readonly body: object },
  apiKey: string,
): ProviderRequest {
  const headers = [
    ...["authorization", `Bearer ${apiKey}`],
    ...["content-type", "application/json"],
    ...["accept", "application/json"],
  ];
  return { path, headers, body: JSON.stringify(body) };
}
