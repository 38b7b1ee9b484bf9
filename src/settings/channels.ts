import type { ChannelSettings } from "../8x8/channels.ts";
import type { OptionalChannel } from "../delivery/channels.ts";
import type { Environment } from "./environment.ts";
import type { SettingName } from "./setting-names.ts";

/** Without these a channel is off. All or none of them are set. */
export const neededSettings = {
  voice: ["EIGHT_BY_EIGHT_VOICE_SUBACCOUNT", "EIGHT_BY_EIGHT_VOICE_SOURCE"],
} as const satisfies Readonly<Record<OptionalChannel, readonly SettingName[]>>;

export function createChannelSettings(env: Environment): ChannelSettings {
  return {
    sms: {
      url: env.EIGHT_BY_EIGHT_SMS_URL,
      subAccount: env.EIGHT_BY_EIGHT_SMS_SUBACCOUNT ?? "",
      sender: env.EIGHT_BY_EIGHT_SMS_SENDER,
      sendClientIp: env.EIGHT_BY_EIGHT_CLIENT_IP === "send",
      sendFeedback: env.EIGHT_BY_EIGHT_FEEDBACK === "send",
    },
    voice: createVoiceSettings(env),
  };
}

function createVoiceSettings(env: Environment): ChannelSettings["voice"] {
  const { EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: subAccount, EIGHT_BY_EIGHT_VOICE_SOURCE: source } = env;
  if (subAccount === undefined || source === undefined) return undefined;
  return { url: env.EIGHT_BY_EIGHT_VOICE_URL, subAccount, source, profiles: env.EIGHT_BY_EIGHT_VOICE_PROFILES };
}
