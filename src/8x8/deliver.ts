import { sleep, type Clock } from "../timing/clock.ts";
import type { Deadline } from "../timing/deadline.ts";
import type { Channel } from "../delivery/channels.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { DeliveryOutcome } from "../delivery/outcome.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import type { Reply } from "./client.ts";
import { outcomeOf } from "./reply.ts";
import type { Senders } from "./channels.ts";

/** One request to 8x8, as telemetry reports it. */
export interface Call {
  readonly channel: Channel;
  readonly host: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly status: number | undefined;
  /** A 200 can say REJECTED. */
  readonly outcome: DeliveryOutcome["outcome"];
}

export interface Delivered {
  readonly outcome: DeliveryOutcome;
  readonly calls: readonly Call[];
}

/**
 * The API key's versions, the newest first; only that one is used. `reload` asks for them anew,
 * within the deadline.
 */
export interface ApiKey {
  get(deadline: Deadline): Promise<readonly string[]>;
  reload(deadline: Deadline): Promise<readonly string[]>;
}

/** Sends the code once; a second time only where 8x8 cannot have accepted the first. */
export function createDeliver(clock: Clock, senders: Senders, apiKey: ApiKey) {
  return async (
    delivery: OtpDelivery,
    phoneNumber: PhoneNumber,
    deadline: Deadline,
  ): Promise<Delivered> => {
    const sender = senders[delivery.channel];
    // Cannot happen: delivery/decision.ts refuses a channel that is off.
    if (sender === undefined) throw new Error(`${delivery.channel} is off`);
    const { path, body } = sender.createRequest(delivery, phoneNumber);
    const calls: Call[] = [];
    const attempt = async (key: string): Promise<{ reply: Reply; outcome: DeliveryOutcome }> => {
      const startedAt = new Date(clock.now());
      const start = clock.elapsed();
      const reply = await sender.client.post(path, body, key, deadline);
      const outcome = outcomeOf(reply, sender.parseReply);
      calls.push({
        channel: delivery.channel,
        host: sender.client.host,
        startedAt,
        durationMs: clock.elapsed() - start,
        status: reply.kind === "answered" ? reply.status : undefined,
        outcome: outcome.outcome,
      });
      return { reply, outcome };
    };

    const [key] = await apiKey.get(deadline);
    if (key === undefined)
      return { outcome: { outcome: "unavailable", reason: "secrets-not-loaded" }, calls };
    const first = await attempt(key);
    const again = await keyForRetry(first.reply, key, deadline);
    const { outcome } = again === undefined ? first : await attempt(again);
    return { outcome, calls };
  };

  /**
   * Waits until the retry may be made, and gives the key for it. Undefined where there is no retry.
   */
  async function keyForRetry(
    first: Reply,
    key: string,
    deadline: Deadline,
  ): Promise<string | undefined> {
    if (first.kind === "answered" && first.status === 401) {
      const [another] = await apiKey.reload(deadline);
      return another === key || deadline.signal.aborted ? undefined : another;
    }
    const delayMs = retryDelayMs(first, deadline.remainingMs(), clock.now());
    if (delayMs === undefined) return undefined;
    await sleep(clock, delayMs);
    return key;
  }
}

/** A retry is made only if this much of the budget is left for it. */
const retryNeedsMs = 200;
const pauseAfterFailureMs = 50;

/**
 * How many milliseconds to wait before the one retry, or undefined where there is none: 8x8 may
 * have accepted the first, or there is no time. A 401 is not handled here: it is retried only with
 * another key.
 */
export function retryDelayMs(reply: Reply, remainingMs: number, now: number): number | undefined {
  const wait = waitFor(reply, now);
  return wait !== undefined && wait + retryNeedsMs <= remainingMs ? wait : undefined;
}

function waitFor(reply: Reply, now: number): number | undefined {
  if (reply.kind === "unsent") return pauseAfterFailureMs;
  if (reply.kind === "unanswered") return undefined;
  const retryAfter = parseRetryAfter(reply.retryAfter, now);
  if (reply.status === 429) return retryAfter;
  if (reply.status === 503) return retryAfter ?? pauseAfterFailureMs;
  return undefined;
}

/**
 * Seconds or a date, in milliseconds from now:
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000;
  // JavaScript reads much more as a date than HTTP does: "-1" is the year 2001.
  const at = /^\s*[A-Z][a-z]{2,8}, /.test(header) ? Date.parse(header) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
