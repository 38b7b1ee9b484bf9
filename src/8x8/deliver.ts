import { sleep, type Clock } from "../timing/clock.ts";
import type { Deadline } from "../timing/deadline.ts";
import type { Channel } from "../delivery/channels.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { DeliveryOutcome } from "../delivery/outcome.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import type { Reply } from "./client.ts";
import { outcomeOf } from "./reply.ts";
import { retryDelayMs } from "./retry-policy.ts";
import type { Senders } from "./sender.ts";

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

/** The API key's versions, the newest first; only that one is used. `reload` asks for them anew, within the deadline. */
export interface ApiKey {
  get(deadline: Deadline): Promise<readonly string[]>;
  reload(deadline: Deadline): Promise<readonly string[]>;
}

export type Deliver = (delivery: OtpDelivery, phoneNumber: PhoneNumber, deadline: Deadline) => Promise<Delivered>;

/** Sends the code once; a second time only where 8x8 cannot have accepted the first. */
export function createDeliver(clock: Clock, senders: Senders, apiKey: ApiKey): Deliver {
  return async (delivery, phoneNumber, deadline) => {
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
    if (key === undefined) return { outcome: { outcome: "unavailable", reason: "secrets-not-loaded" }, calls };
    const first = await attempt(key);
    const again = await keyForRetry(first.reply, key, deadline);
    const { outcome } = again === undefined ? first : await attempt(again);
    return { outcome, calls };
  };

  /** Waits until the retry may be made, and gives the key for it. Undefined where there is no retry. */
  async function keyForRetry(first: Reply, key: string, deadline: Deadline): Promise<string | undefined> {
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
