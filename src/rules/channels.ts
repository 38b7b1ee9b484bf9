/**
 * The ways to send a code. To add a channel, add its name here. The compiler then lists what is
 * missing: its API in src/8x8/, its settings, Okta's words for it.
 */
export const channelNames = ["sms", "voice"] as const;
export type Channel = (typeof channelNames)[number];

/** Without its settings, an optional channel is off. Other channels require their settings. */
export const optionalChannels = ["voice"] as const satisfies readonly Channel[];
