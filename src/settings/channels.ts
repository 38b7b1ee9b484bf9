import type { ChannelSettings } from "../8x8/senders.ts";
import type { ByCountry } from "../delivery/phone-policy.ts";
import type { OptionalChannel } from "../delivery/channels.ts";
import type { Environment } from "./environment.ts";
import type { SettingName } from "./setting-names.ts";

/**
 * Without these a channel is off. All or none of them are set; of those that stand together, one.
 */
export const neededSettings: Readonly<
  Record<OptionalChannel, readonly (readonly [SettingName, ...SettingName[]])[]>
> = {
  voice: [
    ["EIGHT_BY_EIGHT_VOICE_SUBACCOUNT"],
    ["EIGHT_BY_EIGHT_VOICE_SOURCE", "EIGHT_BY_EIGHT_VOICE_SOURCES"],
  ],
};

export function createChannelSettings(env: Environment): ChannelSettings {
  return {
    sms: {
      url: env.EIGHT_BY_EIGHT_SMS_URL,
      subAccount: env.EIGHT_BY_EIGHT_SMS_SUBACCOUNT ?? "",
      senders: env.EIGHT_BY_EIGHT_SMS_SENDERS ?? forAll(env.EIGHT_BY_EIGHT_SMS_SENDER),
      templates: env.MESSAGE_TEMPLATES ?? new Map(),
      sendClientIp: env.EIGHT_BY_EIGHT_CLIENT_IP === "send",
      sendFeedback: env.EIGHT_BY_EIGHT_FEEDBACK === "send",
    },
    voice: createVoiceSettings(env),
  };
}

function createVoiceSettings(env: Environment): ChannelSettings["voice"] {
  const { EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: subAccount } = env;
  const sources = env.EIGHT_BY_EIGHT_VOICE_SOURCES ?? forAll(env.EIGHT_BY_EIGHT_VOICE_SOURCE);
  if (subAccount === undefined || sources.size === 0) return undefined;
  return {
    url: env.EIGHT_BY_EIGHT_VOICE_URL,
    subAccount,
    sources,
    profiles: env.EIGHT_BY_EIGHT_VOICE_PROFILES,
  };
}

function forAll(sender: string | undefined): ByCountry<string> {
  return new Map(sender === undefined ? [] : [["*", sender]]);
}
