import { setTimeout as sleep } from "node:timers/promises";
import type { Channel, OtpDelivery } from "../delivery/otp-delivery.ts";
import type { DeliveryOutcome } from "../delivery/outcome.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import type { Client, Deadline, Reply } from "./client.ts";
import { outcomeOf, type ReadBody } from "./reply.ts";
import { waitBeforeSecondTry } from "./second-try.ts";
import { readSms, smsRequest, type SmsSettings } from "./sms.ts";
import { readVoice, voiceRequest, type VoiceSettings } from "./voice.ts";

/** One request to 8x8, as telemetry tells of it. */
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

export interface EightByEight {
  readonly sms: { readonly client: Client; readonly settings: SmsSettings };
  readonly voice: { readonly client: Client; readonly settings: VoiceSettings } | undefined;
  readonly apiKey: ApiKey;
}

export type Deliver = (delivery: OtpDelivery, phoneNumber: PhoneNumber, deadline: Deadline) => Promise<Delivered>;

/** Sends the code once; a second time only where 8x8 cannot have accepted the first. */
export function createDeliver({ sms, voice, apiKey }: EightByEight): Deliver {
  return async (delivery, phoneNumber, deadline) => {
    const route = chooseRoute(delivery, phoneNumber);
    const calls: Call[] = [];
    const attempt = async (key: string): Promise<{ reply: Reply; outcome: DeliveryOutcome }> => {
      const startedAt = new Date();
      const start = performance.now();
      const reply = await route.client.post(route.path, route.body, key, deadline);
      const outcome = outcomeOf(reply, route.read);
      calls.push({
        channel: delivery.channel,
        host: route.client.host,
        startedAt,
        durationMs: performance.now() - start,
        status: reply.kind === "answered" ? reply.status : undefined,
        outcome: outcome.outcome,
      });
      return { reply, outcome };
    };

    const [key] = await apiKey.get(deadline);
    if (key === undefined) return { outcome: { outcome: "unavailable", reason: "secrets-not-loaded" }, calls };
    const first = await attempt(key);
    const again = await keyForSecondTry(first.reply, key, deadline);
    const { outcome } = again === undefined ? first : await attempt(again);
    return { outcome, calls };
  };

  /** Waits until a second try may be made. Undefined: none is. */
  async function keyForSecondTry(first: Reply, key: string, deadline: Deadline): Promise<string | undefined> {
    if (first.kind === "answered" && first.status === 401) {
      const [another] = await apiKey.reload(deadline);
      return another === key || deadline.signal.aborted ? undefined : another;
    }
    const wait = waitBeforeSecondTry(first, deadline.at - performance.now());
    if (wait === undefined) return undefined;
    await sleep(wait);
    return key;
  }

  function chooseRoute(delivery: OtpDelivery, phoneNumber: PhoneNumber): Route {
    if (delivery.channel === "sms")
      return { client: sms.client, read: readSms, ...smsRequest(delivery, phoneNumber, sms.settings) };
    // The decision has refused voice where it is off.
    if (voice === undefined) throw new Error("voice is off");
    return { client: voice.client, read: readVoice, ...voiceRequest(delivery, phoneNumber, voice.settings) };
  }
}

interface Route {
  readonly client: Client;
  readonly path: string;
  readonly body: object;
  readonly read: ReadBody;
}
