import type { Feedback } from "../8x8/feedback.ts";
import type { Receipt } from "../8x8/receipt.ts";
import type { CodeUsed, Fallback, HookFailure } from "../okta/event-hook.ts";
import type { SentCode } from "../sent-codes/code-table.ts";
import { type RequestEvent, defineEvent, listed, phoneProperties, textOf } from "./event.ts";

// Okta may send an event twice, so queries count events by `oktaEventId`.

export const oktaFallback = defineEvent<Fallback>("okta-fallback", {
  outcome: ({ result }) => result?.toLowerCase(),
  channel: ({ channel }) => channel,
  country: ({ country }) => country,
  sentAt: ({ at }) => at.toISOString(),
  oktaEventId: ({ oktaEventId }) => oktaEventId,
  oktaUserId: ({ oktaUserId }) => oktaUserId,
});

export const oktaHookFailed = defineEvent<HookFailure>("okta-hook-failed", {
  reason: ({ reason }) => reason,
  failedAt: ({ at }) => at.toISOString(),
  oktaEventId: ({ oktaEventId }) => oktaEventId,
});

interface UsedCodeFacts {
  readonly used: CodeUsed;
  /** `failed`: the table did not answer. `off`: no codes are stored. */
  readonly join: "joined" | "none" | "failed" | "off";
  readonly code?: SentCode | undefined;
  /** `waiting`: the code's row was not in the table yet. `npm run accept` reads this property. */
  readonly codeRow?: "written" | "waiting" | undefined;
  readonly feedback?: Awaited<ReturnType<Feedback>> | undefined;
}

export const otpOutcome = defineEvent<UsedCodeFacts>("otp-outcome", {
  outcome: () => "verified",
  join: ({ join }) => join,
  codeRow: ({ codeRow }) => codeRow,
  // Okta's two events about one enrollment name different channels, but Okta asked for only one.
  channel: ({ used, code }) => code?.channel ?? used.channel,
  factorIntent: ({ used }) => used.factorIntent,
  usedAt: ({ used }) => used.at.toISOString(),
  // Okta's clock and the app's clock differ, so a code can seem to be used before it was sent.
  secondsToVerify: ({ used, code }) =>
    code && Math.max(0, used.at.getTime() - code.sentAt.getTime()) / 1_000,
  requestType: ({ code }) => code?.requestType,
  country: ({ code }) => code?.country,
  eventId: ({ code }) => code?.eventId,
  providerId: ({ code }) => code?.providerId,
  feedback: ({ feedback }) => feedback,
  oktaEventId: ({ used }) => used.oktaEventId,
  oktaUserId: ({ used }) => used.oktaUserId,
});

interface ReceiptFacts extends Omit<Receipt, "usedSender"> {
  readonly senderChanged: boolean | undefined;
  readonly phoneHashKey: string | undefined;
}

export const otpReceipt = defineEvent<ReceiptFacts>("otp-receipt", {
  channel: ({ channel }) => channel,
  providerId: ({ providerId }) => providerId,
  eventId: ({ eventId }) => eventId,
  state: ({ state }) => state,
  detail: ({ detail }) => detail,
  errorCode: ({ errorCode }) => errorCode,
  reason: ({ reason }) => reason,
  parts: ({ parts }) => parts,
  price: ({ price }) => price,
  currency: ({ currency }) => currency,
  ...phoneProperties<ReceiptFacts>((facts) => facts),
  senderChanged: ({ senderChanged }) => textOf(senderChanged),
  statusAt: ({ statusAt }) => statusAt?.toISOString(),
  oddPaths: ({ oddPaths }) => listed(oddPaths),
});

export function createUnreadReportEvent(
  name: "otp-receipt" | "otp-outcome",
  {
    outcome,
    reason,
    wrongPaths,
  }: {
    readonly outcome: "unauthenticated" | "unavailable" | "malformed";
    readonly reason: string;
    readonly wrongPaths?: readonly string[];
  },
): RequestEvent {
  return { name, properties: { outcome, reason, wrongPaths: listed(wrongPaths) } };
}
