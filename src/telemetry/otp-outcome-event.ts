import type { FeedbackResult } from "../8x8/feedback.ts";
import type { VerifiedCode } from "../okta/event-hook.ts";
import type { SentCode } from "../sent-codes/code-table.ts";
import type { TelemetryEvent } from "./exporter.ts";

/** Which code it was that somebody used: found, not known, not told by the table, or not looked for. */
export type Join = "joined" | "none" | "failed" | "off";

export interface Outcome {
  readonly join: Join;
  /** Where it is joined. */
  readonly code?: SentCode;
  /** Undefined where 8x8 is not told. */
  readonly feedback?: FeedbackResult | undefined;
}

/** The event of a code that somebody used, as Okta reports it. Okta may report it twice: it is to be counted by `oktaEventId`. */
export function createOtpOutcomeEvent(
  { oktaEventId, oktaUserId, channel, factorIntent, at }: VerifiedCode,
  { join, code, feedback }: Outcome,
): Pick<TelemetryEvent, "name" | "properties"> {
  return {
    name: "otp-outcome",
    properties: {
      outcome: "verified",
      join,
      // Okta's two events of one enrollment name both channels: that of the code is the one.
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
