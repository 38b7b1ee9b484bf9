import type { Feedback } from "../8x8/feedback.ts";
import type { Channel } from "../delivery/channels.ts";
import type { Deadline } from "../timing/deadline.ts";
import { parseEventHook, type OktaEvent, type VerifiedCode } from "../okta/event-hook.ts";
import type { SentCode } from "../sent-codes/code-table.ts";
import type { Codes } from "../sent-codes/codes.ts";
import { createOktaFallbackEvent } from "../telemetry/okta-fallback-event.ts";
import { createOktaHookFailedEvent } from "../telemetry/okta-hook-failed-event.ts";
import { createOtpOutcomeEvent, type Outcome } from "../telemetry/otp-outcome-event.ts";
import { createUnreadReportEvent, type UnreadReport } from "../telemetry/unread-report-event.ts";
import type { ReportEvent } from "../telemetry/exporter.ts";
import type { ReportAnswer, ReportPipeline } from "./report-middleware.ts";

export interface OktaEvents {
  /** Undefined where no codes are kept: then an outcome is told without the code. */
  readonly codes: Pick<Codes, "take"> | undefined;
  /** Told of a code when its use is, once. */
  readonly verified: (code: SentCode) => void;
  /** Only for the channels of which 8x8 is told. */
  readonly feedback: Readonly<Partial<Record<Channel, Feedback>>>;
}

/** Okta takes it as well as 200: https://developer.okta.com/docs/concepts/event-hooks/ */
export const takenStatus = 204;

/** Not all at once: a batch is to cost the hooks beside it little. */
const eventsAtOnce = 8;

/** Okta's events: the challenge once, then batches, which may come twice and in any order. */
export function createOktaEvents({ codes, verified, feedback }: OktaEvents): ReportPipeline {
  return async (body, request, deadline) => {
    if (request.method === "GET") return answerChallenge(request.headers.get("x-okta-verification-challenge"));
    const batch = parseEventHook(body);
    if (typeof batch === "string") return taken([unreadEvent({ outcome: "malformed", reason: batch })]);
    const told: ReportEvent[] = [];
    const left = batch.events.values();
    const lane = async (): Promise<void> => {
      for (const event of left) told.push(await tell(event, deadline));
    };
    await Promise.all(Array.from({ length: eventsAtOnce }, lane));
    if (batch.unreadable > 0) told.push(wrongEvents(batch.unreadable));
    return taken(told);
  };

  async function tell(event: OktaEvent, deadline: Deadline): Promise<ReportEvent> {
    switch (event.kind) {
      case "verified-code":
        return createOtpOutcomeEvent(event, await outcomeOf(event, deadline));
      case "fallback":
        return createOktaFallbackEvent(event);
      case "hook-failure":
        return createOktaHookFailedEvent(event);
    }
  }

  async function outcomeOf({ oktaUserId, channel, at }: VerifiedCode, deadline: Deadline): Promise<Outcome> {
    if (codes === undefined) return { join: "off" };
    if (oktaUserId === undefined) return { join: "none" };
    const found = await codes.take({ oktaUserId, channel }, at, deadline);
    if (found.join === "joined") verified(found.code);
    if (found.join !== "joined" || found.code.providerId === undefined) return found;
    const { providerId, sentAt } = found.code;
    return { ...found, feedback: await feedback[channel]?.({ providerId, sentAt, usedAt: at }, deadline) };
  }
}

export function unreadEvent(report: UnreadReport): ReportEvent {
  return createUnreadReportEvent("otp-outcome", report);
}

function wrongEvents(count: number): ReportEvent {
  const { name, properties } = unreadEvent({ outcome: "malformed", reason: "wrong-events" });
  return { name, properties: { ...properties, count } };
}

/** It proves to Okta that this is the URL that somebody typed in. */
function answerChallenge(verification: string | null): ReportAnswer {
  if (verification === null) return { status: 400 };
  const headers = { "content-type": "application/json" };
  return { status: 200, headers, body: JSON.stringify({ verification }) };
}

function taken(events: readonly ReportEvent[]): ReportAnswer {
  return { status: takenStatus, events };
}
