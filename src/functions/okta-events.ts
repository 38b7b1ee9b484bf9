import { setImmediate } from "node:timers/promises";
import type { HttpHandler, HttpRequest } from "@azure/functions";
import type { Feedback } from "../8x8/feedback.ts";
import type { Channel } from "../delivery/channels.ts";
import { parseEventHook, readEvent, type CodeUsed, type OktaEvent } from "../okta/event-hook.ts";
import type { Secret } from "../secrets/secret.ts";
import type { SentCode } from "../sent-codes/code-table.ts";
import type { createCodes } from "../sent-codes/codes.ts";
import { createEnrollmentPairs } from "../sent-codes/code-use.ts";
import type { RequestEvent } from "../telemetry/exporter.ts";
import {
  createUnreadReportEvent,
  oktaFallback,
  oktaHookFailed,
  otpOutcome,
} from "../telemetry/report-events.ts";
import type { Deadline } from "../timing/deadline.ts";
import { createReportHandler, readReport, type Http, type ReportAnswer } from "./http.ts";

interface OktaEvents {
  readonly secret: Secret;
  /** Undefined if no codes are kept: then a used code is reported without its code. */
  readonly codes: Pick<ReturnType<typeof createCodes>, "take"> | undefined;
  /** Called once for each code that was used, with the time at which Okta published that. */
  readonly used: (code: SentCode, publishedAt: Date) => void;
  /** By the channels whose used codes are reported to 8x8. */
  readonly feedback: Readonly<Partial<Record<Channel, Feedback>>>;
  /** Asked for each event. False: there were too many, and this one is only counted. */
  readonly admits: () => boolean;
}

/** Okta takes 204 as well as 200: https://developer.okta.com/docs/concepts/event-hooks/ */
const route = { name: "otp-outcome", doneStatus: 204 } as const;

/**
 * Okta does not document how many events a batch has. One event is 3 to 5 KB, and parsing this many
 * bytes takes about 10 ms. A longer body gets 204, up to the host's limit, and is reported: Okta
 * would send it once more, and then drop it.
 */
const bodyLimitBytes = 1024 * 1024;

/** So many wait for the table at once. */
const eventsAtOnce = 8;

/** Okta's events: the challenge once, then batches, which may come twice and in any order. */
export function createOktaEvents(
  http: Http,
  { secret, codes, used, feedback, admits }: OktaEvents,
): HttpHandler {
  const isSecondOfPair = createEnrollmentPairs();
  // Okta waits 3 s.
  return createReportHandler(http, { ...route, budgetMs: 2_500, handle });

  async function handle(request: HttpRequest, deadline: Deadline): Promise<ReportAnswer> {
    const credential = request.headers.get("authorization");
    const caller = { credential, secret, bodyLimitBytes };
    const report = await readReport(route, request, deadline, caller);
    if (!report.ok) return report.answer;
    if (request.method === "GET")
      return answerChallenge(request.headers.get("x-okta-verification-challenge"));
    const batch = parseEventHook(report.body);
    if (!batch.ok) return done([createUnreadReportEvent(route.name, batch)]);
    return done(await reportsOfBatch(batch.events, deadline));
  }

  async function reportsOfBatch(
    batch: readonly unknown[],
    deadline: Deadline,
  ): Promise<RequestEvent[]> {
    const reports: RequestEvent[] = [];
    const unread = { "wrong-events": 0, "unknown-factor": 0 };
    const left = batch.values();
    const lane = async (): Promise<void> => {
      for (const given of left) {
        const read = readEvent(given);
        if (!read.ok) unread[read.reason] += 1;
        else if (read.event !== undefined && admits())
          reports.push(...(await reportsOf(read.event, deadline)));
        // Lets requests of the hook that came meanwhile take their turn.
        await setImmediate();
      }
    };
    await Promise.all(Array.from({ length: eventsAtOnce }, lane));
    for (const [reason, count] of Object.entries(unread))
      if (count > 0) reports.push(countedEvent(reason, count));
    return reports;
  }

  async function reportsOf(event: OktaEvent, deadline: Deadline): Promise<RequestEvent[]> {
    switch (event.kind) {
      case "code-used":
        return reportsOfUsed(event, deadline);
      case "fallback":
        return [oktaFallback.create(event)];
      case "hook-failure":
        return [oktaHookFailed.create(event)];
    }
  }

  /**
   * The second event of one enrollment gives no report, even if another instance got the first.
   */
  async function reportsOfUsed(event: CodeUsed, deadline: Deadline): Promise<RequestEvent[]> {
    const { oktaUserId, at } = event;
    if (oktaUserId === undefined)
      return [otpOutcome.create({ used: event, join: codes === undefined ? "off" : "none" })];
    const use = { ...event, oktaUserId };
    if (use.codeKinds.includes("enrollment") && isSecondOfPair(use)) return [];
    if (codes === undefined) return [otpOutcome.create({ used: event, join: "off" })];
    const found = await codes.take(use, deadline);
    if (found.join === "paired") return [];
    if (found.join !== "joined") return [otpOutcome.create({ used: event, join: found.join })];
    const { join, code } = found;
    used(code, at);
    const result = await sendFeedback(code, at, deadline);
    return [otpOutcome.create({ used: event, join, code, feedback: result })];
  }

  /** By the channel by which 8x8 took the code, whichever Okta names. */
  function sendFeedback(
    { sentBy, providerId, sentAt }: SentCode,
    usedAt: Date,
    deadline: Deadline,
  ) {
    if (sentBy === undefined || providerId === undefined) return undefined;
    return feedback[sentBy]?.({ providerId, sentAt, usedAt }, deadline);
  }
}

function countedEvent(reason: string, count: number): RequestEvent {
  const event = createUnreadReportEvent(route.name, { outcome: "malformed", reason });
  return { ...event, properties: { ...event.properties, count } };
}

/** Okta asks once whether this URL expects its events. */
function answerChallenge(verification: string | null): ReportAnswer {
  if (verification === null) return { status: 400 };
  const headers = { "content-type": "application/json" };
  return { status: 200, headers, body: JSON.stringify({ verification }) };
}

function done(events: readonly RequestEvent[]): ReportAnswer {
  return { status: route.doneStatus, events };
}
