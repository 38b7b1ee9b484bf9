import type { Fallback, HookFailure, CodeUsed } from "../okta/event-hook.ts";
import type { RequestEvent } from "./exporter.ts";
import type { FeedbackResult } from "../8x8/feedback.ts";
import type { SentCode } from "../sent-codes/code-table.ts";
import type { Receipt } from "../8x8/receipt.ts";
import type { UnauthenticatedReason } from "../okta/authenticate.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";

/**
 * The event of a code for which Okta turned to its own provider. Okta may report it twice: count it
 * by `oktaEventId`.
 */
export function createOktaFallbackEvent({
  oktaEventId,
  oktaUserId,
  channel,
  country,
  result,
  at,
}: Fallback): RequestEvent {
  return {
    name: "okta-fallback",
    properties: {
      outcome: result?.toLowerCase(),
      channel,
      country,
      sentAt: at.toISOString(),
      oktaEventId,
      oktaUserId,
    },
  };
}

/**
 * The event of a hook that Okta logged as failed. Okta may report it twice: count it by
 * `oktaEventId`.
 */
export function createOktaHookFailedEvent({ oktaEventId, reason, at }: HookFailure): RequestEvent {
  return {
    name: "okta-hook-failed",
    properties: { reason, failedAt: at.toISOString(), oktaEventId },
  };
}

/**
 * Whether the code that somebody used was found: `failed` where the table did not answer, `off`
 * where no codes are kept.
 */
type KnownUse =
  | {
      readonly join: "joined";
      readonly code: SentCode;
      readonly feedback?: FeedbackResult | undefined;
    }
  | {
      readonly join: "none" | "failed" | "off";
      readonly code?: undefined;
      readonly feedback?: undefined;
    };

/**
 * The event of a code that somebody used, as Okta reports it. Okta may report it twice: count it by
 * `oktaEventId`.
 */
export function createOtpOutcomeEvent(
  { oktaEventId, oktaUserId, channel, factorIntent, at }: CodeUsed,
  { join, code, feedback }: KnownUse,
): RequestEvent {
  return {
    name: "otp-outcome",
    properties: {
      outcome: "verified",
      join,
      // Okta's two events of one enrollment name one channel each, so the channel of the sent code
      // counts.
      channel: code?.channel ?? channel,
      factorIntent,
      usedAt: at.toISOString(),
      // Two clocks: a code can seem to be used before it was sent.
      secondsToVerify: code && Math.max(0, at.getTime() - code.sentAt.getTime()) / 1_000,
      requestType: code?.requestType,
      country: code?.country,
      eventId: code?.eventId,
      providerId: code?.providerId,
      feedback,
      oktaEventId,
      oktaUserId,
    },
  };
}

/**
 * The wide event of one receipt. Of the number it has the country and the hash only.
 * @param senderChanged Whether 8x8 sent with another sender than it was asked for; undefined where
 * that is not known.
 */
export function createOtpReceiptEvent(
  { phoneNumber, statusAt, oddPaths, ...reported }: Omit<Receipt, "usedSender">,
  phoneHashKey: string | undefined,
  senderChanged: boolean | undefined,
): RequestEvent {
  return {
    name: "otp-receipt",
    properties: {
      ...reported,
      ...phoneProperties(phoneNumber, phoneHashKey),
      senderChanged: senderChanged === undefined ? undefined : String(senderChanged),
      statusAt: statusAt?.toISOString(),
      oddPaths: oddPaths.join(" ") || undefined,
    },
  };
}

/** Why a report was not read: its caller, the app's own state, or its body. */
export type UnreadReport =
  | { readonly outcome: "unauthenticated"; readonly reason: UnauthenticatedReason }
  | {
      readonly outcome: "unavailable";
      readonly reason: "settings-wrong" | "secrets-not-loaded" | "internal-error";
    }
  | {
      readonly outcome: "malformed";
      readonly reason: string;
      readonly wrongPaths?: readonly string[];
    };

/**
 * The event of a report that was not read, under the name of those that are: those have no
 * `outcome`.
 */
export function createUnreadReportEvent(
  name: "otp-receipt" | "otp-outcome",
  { outcome, reason, ...more }: UnreadReport,
): RequestEvent {
  const wrongPaths = "wrongPaths" in more ? more.wrongPaths.join(" ") : "";
  return { name, properties: { outcome, reason, wrongPaths: wrongPaths || undefined } };
}

/** All that an event holds of a number. */
export function phoneProperties(
  phoneNumber: PhoneNumber | undefined,
  phoneHashKey: string | undefined,
) {
  return {
    country: phoneNumber?.country,
    callingCode: phoneNumber?.callingCode,
    phoneHash: phoneHashKey && phoneNumber?.hash(phoneHashKey),
  };
}
