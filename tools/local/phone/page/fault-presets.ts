import type { SendHook } from "../protocol.ts";
import { reasonOfCode } from "../../../../src/8x8/status-codes.ts";
import { reasonsOf, type Reason } from "../../../../src/delivery/reasons.ts";
import type { Preset } from "./preset.ts";

// Outcomes of 8x8's faults. Each fault applies to one request.

const eightByEight = (
  name: string,
  outcome: string,
  says: string,
  fault: string | NonNullable<Preset["fault"]>,
  send: Partial<SendHook> = {},
): Preset => ({ name, says, outcome, send, fault: typeof fault === "string" ? { fault } : fault });

/** Uses one of 8x8's codes for the reason. The codes of calls are negative. */
const rejected = (reason: Reason<"rejected">): Preset => {
  const [statusCode = 0] = [...reasonOfCode].find(([, meant]) => meant === reason) ?? [];
  return eightByEight(
    `${reason.charAt(0).toUpperCase()}${reason.slice(1).replaceAll("-", " ")}`,
    `rejected ${reason}`,
    `8x8's code ${statusCode}.`,
    { fault: "not-created", statusCode },
    statusCode < 0 ? { channel: "voice" } : {},
  );
};

export const slow: Preset = eightByEight(
  "8x8 is slow",
  "accepted",
  "8x8 answers after a second, which is in time.",
  { fault: "slow", ms: 1_000 },
);

const byStatus: readonly Preset[] = [
  eightByEight("REJECTED", "rejected rejected-by-provider", "The no in a 200, without a code.", {
    fault: "rejected",
    description: "No route",
  }),
  eightByEight("Key", "rejected key-rejected", "8x8 does not know the key.", "401"),
  eightByEight("Not allowed", "rejected forbidden", "8x8 knows the key and says no.", "403"),
  eightByEight("Old TLS", "rejected insecure-protocol", "8x8 wants a newer protocol.", "426"),
];
const byCode = reasonsOf("rejected").filter(
  (reason) => !byStatus.some(({ outcome }) => outcome === `rejected ${reason}`),
);

export const saysNo: readonly Preset[] = [...byStatus, ...byCode.map(rejected)];

const unreadable = "unconfirmed unreadable-answer";
export const nobodyKnows: readonly Preset[] = [
  eightByEight(
    "No answer",
    "unconfirmed deadline",
    "8x8 stays silent. The app gives up in time for Okta.",
    "hang",
  ),
  eightByEight("Cut off", "unconfirmed connection-cut", "The connection breaks.", "reset"),
  eightByEight("Half an answer", unreadable, "A 200 that ends in the middle.", "garbage"),
  eightByEight("Another answer", unreadable, "A 200 that is not 8x8's.", "wrong-shape"),
];

const failed = "unavailable provider-error";
export const outOfReach: readonly Preset[] = [
  eightByEight("429", "unavailable rate-limited", "Too many requests.", "429"),
  eightByEight("500", failed, "8x8 fails.", "500"),
  eightByEight("502", failed, "Something before 8x8 answers with a page.", "html-502"),
  eightByEight("302", "unavailable redirected", "8x8 points elsewhere. The key stays here.", "302"),
  eightByEight("503, then well", "accepted", "The one second try succeeds.", "503"),
];

export const noCredit: Preset = eightByEight(
  "No credit, in a receipt",
  "accepted",
  "8x8 says yes. Then the receipt of an SMS says that it did not arrive.",
  "no-credit",
);

/** What 8x8 may do if a country does not accept the sender. 8x8 does not document it. */
export const senderNotTaken: readonly Preset[] = [
  eightByEight("Refused at once", "rejected invalid-sender", "8x8 says no.", "sender-refused"),
  eightByEight(
    "Refused in a receipt",
    "accepted",
    "8x8 says yes. Then the receipt says that it did not arrive.",
    "sender-undelivered",
  ),
  eightByEight("Changed", "accepted", "The SMS comes from another sender.", "sender-changed"),
];
