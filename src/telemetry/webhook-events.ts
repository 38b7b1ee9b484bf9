import type { Feedback } from "../8x8/feedback.ts";
import type { Receipt } from "../8x8/receipt.ts";
import type { CodeUsed, Fallback, HookFailure } from "../okta/event-hook.ts";
import type { SentCode } from "../sent-codes/code-table.ts";
import { type RequestEvent, listed, phoneProperties, textOf } from "./event.ts";

// Okta may send an event twice, so queries count events by `oktaEventId`.

export function createFallbackEvent(fallback: Fallback): RequestEvent {
  const { result, channel, country, at, oktaEventId, oktaUserId } = fallback;
  const outcome = result?.toLowerCase();
  const sentAt = at.toISOString();
  return {
    name: "okta-fallback",
    properties: { outcome, channel, country, sentAt, oktaEventId, oktaUserId },
  };
}

export function createHookFailedEvent({ reason, at, oktaEventId }: HookFailure): RequestEvent {
  return {
    name: "okta-hook-failed",
    properties: { reason, failedAt: at.toISOString(), oktaEventId },
  };
}

interface UsedCodeFacts {
  readonly used: CodeUsed;
  /** `failed`: the table did not answer. `off`: no codes are stored. */
  readonly join: "joined" | "none" | "failed" | "off";
  readonly code?: SentCode | undefined;
  /** `waiting`: the code's row was not in the table yet. The command `accept` reads this property. */
  readonly codeRow?: "written" | "waiting" | undefined;
  readonly feedback?: Awaited<ReturnType<Feedback>> | undefined;
}

export function createUsedCodeEvent(facts: UsedCodeFacts): RequestEvent {
  const { used, join, code, codeRow, feedback } = facts;
  return {
    name: "otp-outcome",
    properties: {
      outcome: "verified",
      join,
      codeRow,
      // Okta's two events about one enrollment name different channels, but Okta asked for only one.
      channel: code?.channel ?? used.channel,
      factorIntent: used.factorIntent,
      usedAt: used.at.toISOString(),
      // Okta's clock and the app's clock differ, so a code can seem to be used before it was sent.
      secondsToVerify: code && Math.max(0, used.at.getTime() - code.sentAt.getTime()) / 1_000,
      requestType: code?.requestType,
      country: code?.country,
      eventId: code?.eventId,
      providerId: code?.providerId,
      feedback,
      oktaEventId: used.oktaEventId,
      oktaUserId: used.oktaUserId,
    },
  };
}

/** Without the sender that 8x8 used, which may be a person's number. */
export function createReceiptEvent(
  receipt: Receipt,
  senderChanged: boolean | undefined,
  phoneHashKey: string | undefined,
): RequestEvent {
  const { channel, providerId, eventId, state, detail, errorCode, reason } = receipt;
  const { parts, price, currency, phoneNumber, statusAt, oddPaths } = receipt;
  return {
    name: "otp-receipt",
    properties: {
      channel,
      providerId,
      eventId,
      state,
      detail,
      errorCode,
      reason,
      parts,
      price,
      currency,
      ...phoneProperties(phoneNumber, phoneHashKey),
      senderChanged: textOf(senderChanged),
      statusAt: statusAt?.toISOString(),
      oddPaths: listed(oddPaths),
    },
  };
}

export function createUnreadEvent(
  name: "otp-receipt" | "otp-outcome",
  {
    outcome,
    reason,
    invalidPaths,
  }: {
    readonly outcome: "unauthenticated" | "unavailable" | "malformed";
    readonly reason: string;
    readonly invalidPaths?: readonly string[];
  },
): RequestEvent {
  return { name, properties: { outcome, reason, invalidPaths: listed(invalidPaths) } };
}
