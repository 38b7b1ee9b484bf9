import type { SendHook } from "../protocol.ts";
import type { Preset } from "./preset.ts";

// What comes of 8x8's faults. Each is on for the one hook.

const eightByEight = (
  name: string,
  ends: string,
  says: string,
  fault: NonNullable<Preset["fault"]>,
  send: Partial<SendHook> = {},
): Preset => ({ name, says, ends, send, fault });
const rejected = (name: string, reason: string, statusCode: number, send: Partial<SendHook> = {}) =>
  eightByEight(
    name,
    `rejected ${reason}`,
    `8x8 says no with its code ${statusCode}. Okta sends the code itself.`,
    { fault: "not-created", statusCode },
    send,
  );

export const slow: Preset = eightByEight(
  "8x8 is slow",
  "accepted",
  "8x8 answers after a second. The code still goes out in time.",
  {
    fault: "slow",
    ms: 1_000,
  },
);

export const saysNo: readonly Preset[] = [
  eightByEight("REJECTED", "rejected rejected-by-provider", "The no inside a 200, without a code.", {
    ...{ fault: "rejected", description: "No route" },
  }),
  rejected("Number", "invalid-number", 1002),
  rejected("Sender", "invalid-sender", 1005),
  rejected("Text", "invalid-text", 1003),
  rejected("Voice", "invalid-voice", -1002, { channel: "voice" }),
  rejected("Sub-account", "wrong-subaccount", 1001),
  rejected("Too late", "expired-at-provider", 1006),
  rejected("Sent just before", "resend-interval", 1400),
  rejected("Request", "invalid-request", 1000),
  eightByEight("Key", "rejected key-rejected", "8x8 does not know the key.", { fault: "401" }),
  eightByEight("Not allowed", "rejected forbidden", "8x8 knows the key and says no.", { fault: "403" }),
  eightByEight("Old TLS", "rejected insecure-protocol", "8x8 wants a newer protocol.", { fault: "426" }),
];

export const nobodyKnows: readonly Preset[] = [
  eightByEight(
    "No answer",
    "unconfirmed deadline",
    "8x8 took the request and stays silent. The bridge gives up in time for Okta.",
    { fault: "hang" },
  ),
  eightByEight("Cut off", "unconfirmed connection-cut", "The connection breaks before the answer.", {
    fault: "reset",
  }),
  eightByEight("Half an answer", "unconfirmed unreadable-answer", "A 200 that ends in the middle.", {
    fault: "garbage",
  }),
  eightByEight("Another answer", "unconfirmed unreadable-answer", "A 200 that is not 8x8's.", {
    fault: "wrong-shape",
  }),
];

export const outOfReach: readonly Preset[] = [
  eightByEight("429", "unavailable rate-limited", "Too many requests; 8x8 does not say until when.", {
    fault: "429",
  }),
  eightByEight("500", "unavailable provider-error", "8x8 fails.", { fault: "500" }),
  eightByEight("502", "unavailable provider-error", "Something before 8x8 answers with a page.", {
    fault: "html-502",
  }),
  eightByEight("302", "unavailable redirected", "8x8 points elsewhere. The key is never sent there.", {
    fault: "302",
  }),
  eightByEight("503, then well", "accepted", "The one second try succeeds.", { fault: "503" }),
];
