interface ChannelRow {
  readonly text: "written" | "spoken";
  /** An optional channel without its settings is off. Other channels require their settings. */
  readonly optional: boolean;
}

/**
 * The ways to send a code. To add a channel, add a row here. The compiler then lists what is
 * missing: its API in src/8x8/, its settings, Okta's words for it.
 */
export const channels = {
  sms: { text: "written", optional: false },
  voice: { text: "spoken", optional: true },
} as const satisfies Readonly<Record<string, ChannelRow>>;

export type Channel = keyof typeof channels;
export type OptionalChannel = {
  [Name in Channel]: (typeof channels)[Name]["optional"] extends true ? Name : never;
}[Channel];

export const channelNames = Object.keys(channels) as Channel[];

export function isOptional(channel: Channel): channel is OptionalChannel {
  return channels[channel].optional;
}

export const optionalChannels = channelNames.filter(isOptional);
