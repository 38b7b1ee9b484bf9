/** To add a channel, add its name here. The compiler then lists what is missing. */
export const channelNames = ["sms", "voice"] as const;
export type Channel = (typeof channelNames)[number];

/** Without its settings, an optional channel is off. Other channels require their settings. */
export const optionalChannels = ["voice"] as const satisfies readonly Channel[];
