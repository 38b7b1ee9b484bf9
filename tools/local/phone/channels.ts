import type { Channel } from "../../../src/rules/channels.ts";

/** The name of each channel's messages, on the page and in the terminal. */
export const messageNames: Readonly<Record<Channel, string>> = { sms: "SMS", voice: "Call" };
