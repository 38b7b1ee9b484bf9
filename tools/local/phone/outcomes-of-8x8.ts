import type { SendHook } from "./protocol.ts";
import { reasonOfCode } from "../../../src/8x8/reply.ts";
import { reasonsOf, type Reason } from "../../../src/rules/reasons.ts";
import type { Outcome } from "./outcome.ts";

// Outcomes with 8x8's faults, one for each outcome of the app. Each fault applies to one request.

const eightByEight = (
  name: string,
  expected: string,
  says: string,
  fault: string | NonNullable<Outcome["fault"]>,
  send: Partial<SendHook> = {},
): Outcome => ({
  name,
  says,
  expected,
  send,
  fault: typeof fault === "string" ? { fault } : fault,
});

/** Creates an outcome with a code of 8x8 for the reason. The codes of calls are negative. */
const rejected = (reason: Reason<"rejected">): Outcome => {
  const [statusCode = 0] = [...reasonOfCode].find(([, meant]) => meant === reason) ?? [];
  return eightByEight(
    `${reason.charAt(0).toUpperCase()}${reason.slice(1).replaceAll("-", " ")}`,
    `rejected ${reason}`,
    `8x8 answers with its code ${statusCode}.`,
    { fault: "not-created", statusCode },
    statusCode < 0 ? { channel: "voice" } : {},
  );
};

export const slow: Outcome = eightByEight(
  "8x8 is slow",
  "accepted",
  "8x8 answers after a second, which is in time.",
  { fault: "slow", ms: 1_000 },
);

const byStatus: readonly Outcome[] = [
  eightByEight("Unknown key", "rejected key-rejected", "8x8 does not know the key.", "401"),
  eightByEight("REJECTED", "rejected rejected-by-provider", "8x8 answers 200 with REJECTED.", {
    fault: "rejected",
    description: "No route",
  }),
];
const byCode = reasonsOf("rejected").filter(
  (reason) => !byStatus.some(({ expected }) => expected === `rejected ${reason}`),
);

export const rejections: readonly Outcome[] = [...byStatus, ...byCode.map(rejected)];

export const unclearAnswers: readonly Outcome[] = [
  eightByEight(
    "No answer",
    "unconfirmed deadline",
    "8x8 never answers. The app stops waiting in time for Okta.",
    "hang",
  ),
  eightByEight("Cut connection", "unconfirmed connection-cut", "8x8 cuts the connection.", "reset"),
  eightByEight(
    "Half an answer",
    "unconfirmed unreadable-answer",
    "The answer ends in the middle.",
    "garbage",
  ),
];

export const failures: readonly Outcome[] = [
  eightByEight("500", "unavailable provider-error", "8x8 answers 500.", "500"),
  eightByEight("429", "unavailable rate-limited", "8x8 gets too many requests.", "429"),
  eightByEight("302", "unavailable redirected", "8x8 redirects. The app does not follow.", "302"),
  eightByEight("503, then success", "accepted", "The app's second attempt succeeds.", "503"),
];

/** 8x8 accepts these, and its receipt has the bad news. */
export const badReceipts: readonly Outcome[] = [
  eightByEight(
    "No credit, in a receipt",
    "accepted",
    "The receipt reports that the SMS did not arrive.",
    "no-credit",
  ),
];
