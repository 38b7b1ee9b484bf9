import type { Channel } from "../rules/channels.ts";
import type { Attempt, Sent } from "../rules/outcome.ts";
import type { CodeRequest } from "../rules/code-request.ts";
import type { PhoneNumber } from "../rules/phone-number.ts";
import { sleep, type Clock } from "../timing/clock.ts";
import type { Deadline } from "../timing/deadline.ts";
import { createClient, type Client, type Reply } from "./client.ts";
import { outcomeOf } from "./reply.ts";
import { createSmsRequest, type SmsSettings } from "./sms.ts";
import { createVoiceRequest, type VoiceSettings } from "./voice.ts";

/**
 * Versions of the API key, newest first. Only the newest is used. `reload` waits for another read,
 * at most until the deadline.
 */
export interface ApiKey {
  get(deadline: Deadline): Promise<readonly string[]>;
  reload(deadline: Deadline): Promise<readonly string[]>;
}

export interface ChannelSettings {
  readonly sms: SmsSettings;
  readonly voice: VoiceSettings | undefined;
}

/** 8x8's API for a channel. */
interface ChannelClient {
  readonly client: Client;
  /** Only 8x8 gets the body, because it holds the number and the text. */
  createRequest(
    codeRequest: CodeRequest,
    phoneNumber: PhoneNumber,
  ): { readonly path: string; readonly body: object };
}

type ChannelClients = Readonly<Record<Channel, ChannelClient | undefined>>;

/** A channel that is off has no client. */
export function createClients({ sms, voice }: ChannelSettings) {
  return {
    sms: {
      client: createClient(sms.url),
      createRequest: (codeRequest: CodeRequest, phoneNumber: PhoneNumber) =>
        createSmsRequest(codeRequest, phoneNumber, sms),
    },
    voice: voice && {
      client: createClient(voice.url),
      createRequest: (codeRequest: CodeRequest, phoneNumber: PhoneNumber) =>
        createVoiceRequest(codeRequest, phoneNumber, voice),
    },
  } satisfies ChannelClients;
}

/** Sends a code. A second attempt is made only if 8x8 cannot have accepted the first. */
export function createSend(clock: Clock, clients: ChannelClients, apiKey: ApiKey) {
  return async (
    codeRequest: CodeRequest,
    phoneNumber: PhoneNumber,
    deadline: Deadline,
  ): Promise<Sent> => {
    const channelClient = clients[codeRequest.channel];
    // Cannot happen: rules/decision.ts refuses a channel that is off.
    if (channelClient === undefined) throw new Error(`${codeRequest.channel} is off`);
    const { client } = channelClient;
    const { path, body } = channelClient.createRequest(codeRequest, phoneNumber);
    const attempts: Attempt[] = [];

    async function attempt(key: string): Promise<Reply> {
      const startedAt = new Date(clock.now());
      const start = clock.elapsed();
      const reply = await client.post(path, body, key, deadline);
      attempts.push({
        channel: codeRequest.channel,
        host: client.host,
        startedAt,
        durationMs: clock.elapsed() - start,
        status: reply.kind === "answered" ? reply.status : undefined,
        ...outcomeOf(reply, codeRequest.channel),
      });
      return reply;
    }

    const [key] = await apiKey.get(deadline);
    if (key !== undefined) {
      const again = await keyForRetry(await attempt(key), key, deadline);
      if (again !== undefined) await attempt(again);
    }
    const last = attempts.at(-1);
    return last === undefined
      ? { ok: false, outcome: "unavailable", reason: "secrets-not-loaded", attempts }
      : { ...last, attempts };
  };

  /** Waits until the retry may start, and returns the key for it. Undefined if no retry is made. */
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

/** A retry needs this much of the budget. */
const retryNeedsMs = 200;
const pauseAfterFailureMs = 50;

/**
 * Milliseconds to wait before the one retry. Undefined if 8x8 may have accepted the first attempt,
 * or if too little time is left. `keyForRetry` handles a 401, which needs another key.
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
 * Returns milliseconds from now. The header holds seconds or a date:
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000;
  // Date.parse accepts more than HTTP dates: it reads "-1" as the year 2001.
  const at = /^\s*[A-Z][a-z]{2,8}, /.test(header) ? Date.parse(header) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
