import type { Channel } from "../../../src/rules/channels.ts";

export const messageNames: Readonly<Record<Channel, string>> = { sms: "SMS", voice: "Call" };
