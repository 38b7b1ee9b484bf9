import type { SendHook } from "../protocol.ts";
import { reasonOfCode } from "../../../../src/8x8/status-codes.ts";
import { reasonsOf, type Reason } from "../../../../src/delivery/reasons.ts";
import type { Preset } from "./preset.ts";

// What comes of 8x8's faults. Each is on for the one hook.

const eightByEight = (
  name: string,
  outcome: string,
  says: string,
  fault: NonNullable<Preset["fault"]>,
  send: Partial<SendHook> = {},
): Preset => ({ name, says, outcome, send, fault });

/** By one of the codes that mean it. Those of calls are below zero. */
const rejected = (reason: Reason<"rejected">): Preset => {
  const [statusCode = 0] = [...reasonOfCode].find(([, meant]) => meant === reason) ?? [];
  return eightByEight(
    `${reason.charAt(0).toUpperCase()}${reason.slice(1).replaceAll("-", " ")}`,
    `rejected ${reason}`,
    `8x8 says no with its code ${statusCode}. Okta sends the code itself.`,
    { fault: "not-created", statusCode },
    statusCode < 0 ? { channel: "voice" } : {},
  );
};

export const slow: Preset = eightByEight(
  "8x8 is slow",
  "accepted",
  "8x8 answers after a second. The code still goes out in time.",
  {
    fault: "slow",
    ms: 1_000,
  },
);

const byStatus: readonly Preset[] = [
  eightByEight(
    "REJECTED",
    "rejected rejected-by-provider",
    "The no inside a 200, without a code.",
    {
      fault: "rejected",
      description: "No route",
    },
  ),
  eightByEight("Key", "rejected key-rejected", "8x8 does not know the key.", { fault: "401" }),
  eightByEight("Not allowed", "rejected forbidden", "8x8 knows the key and says no.", {
    fault: "403",
  }),
  eightByEight("Old TLS", "rejected insecure-protocol", "8x8 wants a newer protocol.", {
    fault: "426",
  }),
];
const byCode = reasonsOf("rejected").filter(
  (reason) => !byStatus.some(({ outcome }) => outcome === `rejected ${reason}`),
);

export const saysNo: readonly Preset[] = [...byStatus, ...byCode.map(rejected)];

export const nobodyKnows: readonly Preset[] = [
  eightByEight(
    "No answer",
    "unconfirmed deadline",
    "8x8 took the request and stays silent. The app gives up in time for Okta.",
    { fault: "hang" },
  ),
  eightByEight(
    "Cut off",
    "unconfirmed connection-cut",
    "The connection breaks before the answer.",
    {
      fault: "reset",
    },
  ),
  eightByEight(
    "Half an answer",
    "unconfirmed unreadable-answer",
    "A 200 that ends in the middle.",
    {
      fault: "garbage",
    },
  ),
  eightByEight("Another answer", "unconfirmed unreadable-answer", "A 200 that is not 8x8's.", {
    fault: "wrong-shape",
  }),
];

export const outOfReach: readonly Preset[] = [
  eightByEight(
    "429",
    "unavailable rate-limited",
    "Too many requests; 8x8 does not say until when.",
    {
      fault: "429",
    },
  ),
  eightByEight("500", "unavailable provider-error", "8x8 fails.", { fault: "500" }),
  eightByEight("502", "unavailable provider-error", "Something before 8x8 answers with a page.", {
    fault: "html-502",
  }),
  eightByEight(
    "302",
    "unavailable redirected",
    "8x8 points elsewhere. The key is never sent there.",
    {
      fault: "302",
    },
  ),
  eightByEight("503, then well", "accepted", "The one second try succeeds.", { fault: "503" }),
];

export const noCredit: Preset = eightByEight(
  "No credit, in a receipt",
  "accepted",
  "8x8 says yes, and the phone gets nothing, in any country. The receipt of an SMS says why.",
  { fault: "no-credit" },
);

/** What 8x8 may do with a sender that a country does not take: it does not say which. */
export const senderNotTaken: readonly Preset[] = [
  eightByEight(
    "Refused at once",
    "rejected invalid-sender",
    "8x8 says no. Okta sends the code itself.",
    {
      fault: "sender-refused",
    },
  ),
  eightByEight("Refused in a receipt", "accepted", "8x8 says yes, and the phone gets nothing.", {
    fault: "sender-undelivered",
  }),
  eightByEight("Changed", "accepted", "8x8 says yes, and the SMS comes from somebody else.", {
    fault: "sender-changed",
  }),
];
