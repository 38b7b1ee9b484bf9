import { setImmediate } from "node:timers/promises";
import type { Feedback } from "../8x8/feedback.ts";
import type { Channel } from "../delivery/channels.ts";
import type { Deadline } from "../timing/deadline.ts";
import { parseEventHook, readEvent, type OktaEvent, type CodeUsed } from "../okta/event-hook.ts";
import type { SentCode } from "../sent-codes/code-table.ts";
import type { Codes } from "../sent-codes/codes.ts";
import { createEnrollmentPairs } from "../sent-codes/repeats.ts";
import {
  createOktaFallbackEvent,
  createOktaHookFailedEvent,
  createOtpOutcomeEvent,
  createUnreadReportEvent,
} from "../telemetry/report-events.ts";
import type { Secret } from "../secrets/secret.ts";
import type { RequestEvent } from "../telemetry/exporter.ts";
import type { ReportAnswer, Reports } from "./reports.ts";

interface OktaEvents {
  readonly secret: Secret;
  /** Undefined where no codes are kept: then a use is reported without its code. */
  readonly codes: Pick<Codes, "take"> | undefined;
  /** Gets each code that was used, once, and when Okta published that. */
  readonly used: (code: SentCode, publishedAt: Date) => void;
  /** Only for the channels whose used codes are reported to 8x8. */
  readonly feedback: Readonly<Partial<Record<Channel, Feedback>>>;
  /** Asked for each event. False: there were too many, and this one is only counted. */
  readonly admits: () => boolean;
}

/** Okta takes it as well as 200: https://developer.okta.com/docs/concepts/event-hooks/ */
const takenStatus = 204;

/** So many wait for the table at once. */
const eventsAtOnce = 8;

/** Okta's events: the challenge once, then batches, which may come twice and in any order. */
export function createOktaEvents({ secret, codes, used, feedback, admits }: OktaEvents): Reports {
  const isSecondOfPair = createEnrollmentPairs();

  return {
    name: "otp-outcome",
    // Of Okta's 3 s.
    budgetMs: 2_500,
    // Okta does not document how many events a batch has. One event is 3 to 5 KB, and parsing this
    // many bytes takes about 10 ms. What is longer is taken, up to the host's limit, and reported:
    // Okta would send it once more, and then drop it.
    bodyLimitBytes: 1024 * 1024,
    secret,
    credential: ({ headers }) => headers.get("authorization"),
    doneStatus: takenStatus,
    async read(body, request, deadline) {
      if (request.method === "GET")
        return answerChallenge(request.headers.get("x-okta-verification-challenge"));
      const batch = parseEventHook(body);
      if (typeof batch === "string") return taken([unreadEvent(batch)]);
      const reports: RequestEvent[] = [];
      const unread = { unreadable: 0, "unknown-factor": 0 };
      const left = batch.values();
      const lane = async (): Promise<void> => {
        for (const given of left) {
          const event = readEvent(given);
          if (typeof event === "string") unread[event] += 1;
          else if (event !== undefined && admits())
            reports.push(...(await reportsOf(event, deadline)));
          // Then it is the turn of the hooks that came meanwhile.
          await setImmediate();
        }
      };
      await Promise.all(Array.from({ length: eventsAtOnce }, lane));
      const counted = [
        countedEvent("wrong-events", unread.unreadable),
        countedEvent("unknown-factor", unread["unknown-factor"]),
      ];
      return taken([...reports, ...counted.flat()]);
    },
  };

  async function reportsOf(event: OktaEvent, deadline: Deadline): Promise<RequestEvent[]> {
    switch (event.kind) {
      case "code-used":
        return reportsOfUse(event, deadline);
      case "fallback":
        return [createOktaFallbackEvent(event)];
      case "hook-failure":
        return [createOktaHookFailedEvent(event)];
    }
  }

  /**
   * The second event of one enrollment gives no report, even where another instance got the first.
   */
  async function reportsOfUse(event: CodeUsed, deadline: Deadline): Promise<RequestEvent[]> {
    const { oktaUserId, at } = event;
    if (oktaUserId === undefined)
      return [createOtpOutcomeEvent(event, { join: codes === undefined ? "off" : "none" })];
    const use = { ...event, oktaUserId };
    if (use.codeKinds.includes("enrollment") && isSecondOfPair(use)) return [];
    if (codes === undefined) return [createOtpOutcomeEvent(event, { join: "off" })];
    const found = await codes.take(use, deadline);
    if (found.join === "paired") return [];
    if (found.join !== "joined") return [createOtpOutcomeEvent(event, { join: found.join })];
    used(found.code, at);
    return [
      createOtpOutcomeEvent(event, {
        ...found,
        feedback: await sendFeedback(found.code, at, deadline),
      }),
    ];
  }

  /** By the channel by which the code was sent, whichever Okta names. */
  function sendFeedback(
    { channel, providerId, sentAt }: SentCode,
    usedAt: Date,
    deadline: Deadline,
  ) {
    return providerId === undefined
      ? undefined
      : feedback[channel]?.({ providerId, sentAt, usedAt }, deadline);
  }
}

function unreadEvent(reason: string): RequestEvent {
  return createUnreadReportEvent("otp-outcome", { outcome: "malformed", reason });
}

function countedEvent(reason: string, count: number): RequestEvent[] {
  if (count === 0) return [];
  const { name, properties } = unreadEvent(reason);
  return [{ name, properties: { ...properties, count } }];
}

/** Okta asks once whether this URL expects its events. */
function answerChallenge(verification: string | null): ReportAnswer {
  if (verification === null) return { status: 400 };
  const headers = { "content-type": "application/json" };
  return { status: 200, headers, body: JSON.stringify({ verification }) };
}

function taken(events: readonly RequestEvent[]): ReportAnswer {
  return { status: takenStatus, events };
}
