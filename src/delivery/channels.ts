interface ChannelRow {
  readonly text: "written" | "spoken";
  /** Without its settings, an optional channel is off. The settings of the others are required. */
  readonly optional: boolean;
}

/**
 * How a code can be sent. For another channel, add a row here. The compiler then lists what it
 * lacks: its API in src/8x8/, its settings, Okta's words for it.
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
