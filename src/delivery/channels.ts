/**
 * How a code can travel. One more is a row here, and a compile error in each record by channel that
 * lacks it: its API in src/8x8/channels.ts, its settings in src/settings/config.ts, Okta's words
 * for it in src/okta/channels.ts.
 */
export const channels = {
  sms: { text: "written", optional: false },
  voice: { text: "spoken", optional: true },
} as const satisfies Readonly<Record<string, ChannelRow>>;

interface ChannelRow {
  /** Which of our sentences it takes. */
  readonly text: TextForm;
  /**
   * Whether it can be off, which it is without its settings. Those of any other channel are
   * required.
   */
  readonly optional: boolean;
}

export type TextForm = "written" | "spoken";
export type Channel = keyof typeof channels;
export type OptionalChannel = {
  [Name in Channel]: (typeof channels)[Name]["optional"] extends true ? Name : never;
}[Channel];

export const channelNames = Object.keys(channels) as Channel[];

export function isOptional(channel: Channel): channel is OptionalChannel {
  return channels[channel].optional;
}

export const optionalChannels = channelNames.filter(isOptional);
