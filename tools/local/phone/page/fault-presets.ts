import type { SendHook } from "../protocol.ts";
import { reasonOfCode } from "../../../../src/8x8/status-codes.ts";
import { reasonsOf, type Reason } from "../../../../src/rules/reasons.ts";
import type { Preset } from "./preset.ts";

// Presets with 8x8's faults. Each fault applies to one request.

const eightByEight = (
  name: string,
  outcome: string,
  says: string,
  fault: string | NonNullable<Preset["fault"]>,
  send: Partial<SendHook> = {},
): Preset => ({ name, says, outcome, send, fault: typeof fault === "string" ? { fault } : fault });

/** Creates a preset with a code of 8x8 for the reason. The codes of calls are negative. */
const rejected = (reason: Reason<"rejected">): Preset => {
  const [statusCode = 0] = [...reasonOfCode].find(([, meant]) => meant === reason) ?? [];
  return eightByEight(
    `${reason.charAt(0).toUpperCase()}${reason.slice(1).replaceAll("-", " ")}`,
    `rejected ${reason}`,
    `8x8 answers with its code ${statusCode}.`,
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
  eightByEight("REJECTED", "rejected rejected-by-provider", "8x8 answers 200 with REJECTED.", {
    fault: "rejected",
    description: "No route",
  }),
  eightByEight("Unknown key", "rejected key-rejected", "8x8 does not know the key.", "401"),
  eightByEight("Not allowed", "rejected forbidden", "8x8 refuses the request.", "403"),
  eightByEight("Old TLS", "rejected insecure-protocol", "8x8 requires a newer TLS.", "426"),
];
const byCode = reasonsOf("rejected").filter(
  (reason) => !byStatus.some(({ outcome }) => outcome === `rejected ${reason}`),
);

export const rejections: readonly Preset[] = [...byStatus, ...byCode.map(rejected)];

const unreadable = "unconfirmed unreadable-answer";
export const unclearAnswers: readonly Preset[] = [
  eightByEight(
    "No answer",
    "unconfirmed deadline",
    "8x8 never answers. The app stops waiting in time for Okta.",
    "hang",
  ),
  eightByEight("Cut connection", "unconfirmed connection-cut", "8x8 cuts the connection.", "reset"),
  eightByEight("Half an answer", unreadable, "The answer ends in the middle.", "garbage"),
  eightByEight("Another format", unreadable, "8x8 answers in another format.", "wrong-shape"),
];

const failed = "unavailable provider-error";
export const failures: readonly Preset[] = [
  eightByEight("429", "unavailable rate-limited", "8x8 gets too many requests.", "429"),
  eightByEight("500", failed, "8x8 answers 500.", "500"),
  eightByEight("502", failed, "A proxy before 8x8 answers with an HTML page.", "html-502"),
  eightByEight("302", "unavailable redirected", "8x8 redirects. The app does not follow.", "302"),
  eightByEight("503, then success", "accepted", "The app's second attempt succeeds.", "503"),
];

export const noCredit: Preset = eightByEight(
  "No credit, in a receipt",
  "accepted",
  "8x8 accepts the SMS. Then its receipt reports that the SMS did not arrive.",
  "no-credit",
);

/** What 8x8 may do if a country does not accept the sender. 8x8 does not document this. */
export const senderProblems: readonly Preset[] = [
  eightByEight(
    "Sender refused",
    "rejected invalid-sender",
    "8x8 refuses the sender.",
    "sender-refused",
  ),
  eightByEight(
    "Sender refused in a receipt",
    "accepted",
    "8x8 accepts the SMS. Then its receipt reports that the SMS did not arrive.",
    "sender-undelivered",
  ),
  eightByEight("Sender changed", "accepted", "The SMS has another sender.", "sender-changed"),
];
