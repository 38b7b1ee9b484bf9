/** To add a channel, add its name here. The compiler then lists what is missing. */
export const channelNames = ["sms", "voice"] as const;
export type Channel = (typeof channelNames)[number];
