import type { Feedback } from "../8x8/feedback.ts";
import type { Receipt } from "../8x8/receipt.ts";
import type { CodeUsed, Fallback, HookFailure } from "../okta/event-hook.ts";
import type { SentCode } from "../sent-codes/code-table.ts";
import type { RequestEvent } from "./exporter.ts";
import { defineEvent, listed, phoneProperties, textOf } from "./properties.ts";

// Okta may send an event twice, so queries count events by `oktaEventId`.

/** Okta sent a code through its own provider. */
export const oktaFallback = defineEvent<Fallback>("okta-fallback", {
  outcome: { value: ({ result }) => result?.toLowerCase(), person: "fell back" },
  channel: { value: ({ channel }) => channel, person: "channel" },
  country: { value: ({ country }) => country, person: "country" },
  sentAt: { value: ({ at }) => at.toISOString(), person: "fell back" },
  oktaEventId: { value: ({ oktaEventId }) => oktaEventId, person: "event" },
  oktaUserId: { value: ({ oktaUserId }) => oktaUserId, person: "user" },
});

/** Okta logged a request as failed. */
export const oktaHookFailed = defineEvent<HookFailure>("okta-hook-failed", {
  reason: { value: ({ reason }) => reason, person: "hook failed" },
  failedAt: { value: ({ at }) => at.toISOString(), person: "hook failed" },
  oktaEventId: { value: ({ oktaEventId }) => oktaEventId, person: "event" },
});

interface UsedCodeFacts {
  readonly used: CodeUsed;
  /** `failed`: the table did not answer. `off`: no codes are stored. */
  readonly join: "joined" | "none" | "failed" | "off";
  readonly code?: SentCode | undefined;
  readonly feedback?: Awaited<ReturnType<Feedback>> | undefined;
}

/** Okta reports a code as used. */
export const otpOutcome = defineEvent<UsedCodeFacts>("otp-outcome", {
  outcome: { value: () => "verified", person: "used" },
  join: { value: ({ join }) => join },
  // Okta's two events of one enrollment name both channels. The code was sent by one of them.
  channel: { value: ({ used, code }) => code?.channel ?? used.channel, person: "channel" },
  factorIntent: { value: ({ used }) => used.factorIntent, person: "flow" },
  usedAt: { value: ({ used }) => used.at.toISOString(), person: "when a code was used" },
  // Okta's clock and ours differ, so a code can seem to be used before it was sent.
  secondsToVerify: {
    value: ({ used, code }) =>
      code && Math.max(0, used.at.getTime() - code.sentAt.getTime()) / 1_000,
    person: "seconds it took",
  },
  requestType: { value: ({ code }) => code?.requestType, person: "request type" },
  country: { value: ({ code }) => code?.country, person: "country" },
  eventId: { value: ({ code }) => code?.eventId, person: "event" },
  providerId: { value: ({ code }) => code?.providerId, person: "8x8's id" },
  feedback: { value: ({ feedback }) => feedback },
  oktaEventId: { value: ({ used }) => used.oktaEventId, person: "event" },
  oktaUserId: { value: ({ used }) => used.oktaUserId, person: "user" },
});

interface ReceiptFacts extends Omit<Receipt, "usedSender"> {
  /** Whether 8x8 used another sender than the requested one. Undefined if that is not known. */
  readonly senderChanged: boolean | undefined;
  readonly phoneHashKey: string | undefined;
}

export const otpReceipt = defineEvent<ReceiptFacts>("otp-receipt", {
  channel: { value: ({ channel }) => channel, person: "channel" },
  providerId: { value: ({ providerId }) => providerId, person: "8x8's id" },
  eventId: { value: ({ eventId }) => eventId, person: "event" },
  state: { value: ({ state }) => state, person: "what became of a message" },
  detail: { value: ({ detail }) => detail, person: "what became of a message" },
  errorCode: { value: ({ errorCode }) => errorCode },
  reason: { value: ({ reason }) => reason, person: "reason" },
  parts: { value: ({ parts }) => parts, person: "parts" },
  price: { value: ({ price }) => price, person: "price" },
  currency: { value: ({ currency }) => currency, person: "price" },
  ...phoneProperties<ReceiptFacts>((facts) => facts),
  senderChanged: { value: ({ senderChanged }) => textOf(senderChanged) },
  statusAt: { value: ({ statusAt }) => statusAt?.toISOString(), person: "when" },
  oddPaths: { value: ({ oddPaths }) => listed(oddPaths) },
});

/** The event of a report that could not be read. */
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
