import { setImmediate } from "node:timers/promises";
import type { HttpHandler, HttpRequest } from "@azure/functions";
import type { Feedback } from "../8x8/feedback.ts";
import type { Channel } from "../rules/channels.ts";
import { parseEventHook, readEvent, type CodeUsed, type OktaEvent } from "../okta/event-hook.ts";
import type { RefreshedValue } from "../secrets/refreshed-value.ts";
import type { SentCode } from "../sent-codes/code-table.ts";
import type { createCodes } from "../sent-codes/codes.ts";
import { createEnrollmentPairs } from "../sent-codes/code-use.ts";
import type { RequestEvent } from "../telemetry/event.ts";
import {
  createFallbackEvent,
  createHookFailedEvent,
  createUnreadEvent,
  createUsedCodeEvent,
} from "../telemetry/webhook-events.ts";
import type { Deadline } from "../timing/clock.ts";
import { createWebhookHandler, type Http, type WebhookAnswer } from "./http.ts";

type Codes = Pick<ReturnType<typeof createCodes>, "take">;

interface OktaEvents {
  readonly secret: RefreshedValue;
  readonly codes: Codes | undefined;
  readonly used: (code: SentCode, publishedAt: Date) => void;
  readonly feedback: Readonly<Partial<Record<Channel, Feedback | undefined>>>;
}

/**
 * Okta does not document how many events a batch has. One event is 3 to 5 KB. A body of this size
 * blocks the event loop for 20 to 40 ms.
 */
const bodyLimitBytes = 1024 * 1024;

/** With 32 events at once, a batch of 1,000 events takes under a second. */
const eventsAtOnce = 32;

type Taken = Awaited<ReturnType<Codes["take"]>> | { readonly join: "off" };

/** Events may come twice, and in any order. */
export function createOktaEvents(
  http: Http,
  { secret, codes, used, feedback }: OktaEvents,
): HttpHandler {
  const takeOnce = createEnrollmentPairs<Taken>();
  return createWebhookHandler(http, {
    name: "otp-outcome",
    budgetMs: 2_500,
    // Okta accepts 204 as well as 200: https://developer.okta.com/docs/concepts/event-hooks/
    doneStatus: 204,
    secret,
    credential: (headers) => headers.get("authorization"),
    bodyLimitBytes,
    handle,
  });

  async function handle(
    body: string,
    request: HttpRequest,
    deadline: Deadline,
  ): Promise<WebhookAnswer> {
    if (request.method === "GET")
      return answerChallenge(request.headers.get("x-okta-verification-challenge"));
    const batch = parseEventHook(body);
    if (!batch.ok) return { events: [createUnreadEvent("otp-outcome", batch)] };
    return { events: await eventsOfBatch(batch.events, deadline) };
  }

  async function eventsOfBatch(
    batch: readonly unknown[],
    deadline: Deadline,
  ): Promise<RequestEvent[]> {
    const events: RequestEvent[] = [];
    const unread = { "malformed-events": 0, "unknown-factor": 0 };
    const left = batch.values();
    const lane = async (): Promise<void> => {
      for (const given of left) {
        const read = readEvent(given);
        if (!read.ok) unread[read.reason] += 1;
        else if (read.event !== undefined) events.push(...(await eventsOf(read.event, deadline)));
        // Lets the event loop handle requests of the telephony hook.
        await setImmediate();
      }
    };
    await Promise.all(Array.from({ length: eventsAtOnce }, lane));
    for (const [reason, count] of Object.entries(unread))
      if (count > 0) events.push(countedEvent(reason, count));
    return events;
  }

  async function eventsOf(event: OktaEvent, deadline: Deadline): Promise<RequestEvent[]> {
    switch (event.kind) {
      case "code-used":
        return eventsOfUsed(event, deadline);
      case "fallback":
        return [createFallbackEvent(event)];
      case "hook-failure":
        return [createHookFailedEvent(event)];
    }
  }

  async function eventsOfUsed(event: CodeUsed, deadline: Deadline): Promise<RequestEvent[]> {
    const found = await find(event, deadline);
    if (found.join === "paired") return [];
    if (found.join !== "joined") return [createUsedCodeEvent({ used: event, join: found.join })];
    const { join, code, codeRow } = found;
    used(code, event.at);
    const result = await sendFeedback(code, event.at, deadline);
    return [createUsedCodeEvent({ used: event, join, code, codeRow, feedback: result })];
  }

  async function find({ oktaUserId, ...event }: CodeUsed, deadline: Deadline) {
    if (oktaUserId === undefined) return { join: codes === undefined ? "off" : "none" } as const;
    const use = { ...event, oktaUserId };
    const take = async () => codes?.take(use, deadline) ?? ({ join: "off" } as const);
    return use.codeKinds.includes("enrollment") ? takeOnce(use, take) : take();
  }

  /** Okta's event may name another channel than the channel by which 8x8 accepted the code. */
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
  const event = createUnreadEvent("otp-outcome", { outcome: "malformed", reason });
  return { ...event, properties: { ...event.properties, count } };
}

function answerChallenge(verification: string | null): WebhookAnswer {
  if (verification === null) return { status: 400 };
  const headers = { "content-type": "application/json" };
  return { status: 200, headers, body: JSON.stringify({ verification }) };
}
