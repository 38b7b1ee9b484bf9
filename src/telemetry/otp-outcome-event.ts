import type { FeedbackResult } from "../8x8/feedback.ts";
import type { CodeUsed } from "../okta/event-hook.ts";
import type { SentCode } from "../sent-codes/code-table.ts";
import type { RequestEvent } from "./exporter.ts";

/** Whether the code that somebody used was found: `failed` where the table did not answer, `off` where no codes are kept. */
export type Join = "joined" | "none" | "failed" | "off";

/** What is known of a code that somebody used. */
export interface KnownUse {
  readonly join: Join;
  /** Where it is joined. */
  readonly code?: SentCode;
  /** Undefined where no feedback is sent to 8x8. */
  readonly feedback?: FeedbackResult | undefined;
}

/** The event of a code that somebody used, as Okta reports it. Okta may report it twice: count it by `oktaEventId`. */
export function createOtpOutcomeEvent(
  { oktaEventId, oktaUserId, channel, factorIntent, at }: CodeUsed,
  { join, code, feedback }: KnownUse,
): RequestEvent {
  return {
    name: "otp-outcome",
    properties: {
      outcome: "verified",
      join,
      // Okta's two events of one enrollment name one channel each, so the channel of the sent code counts.
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
