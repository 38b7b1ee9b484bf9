import type { Channel } from "../../../src/rules/channels.ts";

/** The name of each channel's messages, on the page and in the terminal. */
export const messageNames: Readonly<Record<Channel, string>> = { sms: "SMS", voice: "Call" };

/** The page shows a written message as a bubble and a spoken message as a card. */
export const messageForms = {
  sms: "written",
  voice: "spoken",
} as const satisfies Readonly<Record<Channel, string>>;
