import type { Channel } from "../../../src/delivery/channels.ts";

/**
 * What a message of each channel is called on the page and on the terminal. Written ones are
 * bubbles, spoken ones cards.
 */
export const messageNames: Readonly<Record<Channel, string>> = { sms: "SMS", voice: "Call" };
