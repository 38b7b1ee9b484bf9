import type { Channel } from "../rules/channels.ts";
import type { CodeRequest } from "../rules/code-request.ts";
import type { Attempt, AttemptOutcome, Sent, ProviderName } from "../rules/outcome.ts";
import type { PhoneNumber } from "../rules/phone-number.ts";
import type { PolicyReason } from "../rules/reasons.ts";
import { errorName } from "../privacy/redacted.ts";
import { sleep, type Clock, type Deadline } from "../timing/clock.ts";
import { retryDelayMs } from "./retry.ts";
import type { Answered, Client, ProviderRequest, Reply } from "./client.ts";

/**
 * Versions of the secret that a provider gets, newest first. Only the newest is used. `reload`
 * waits for another read, at most until the deadline. No method rejects.
 */
export interface ProviderSecret {
  get(deadline: Deadline): Promise<readonly string[]>;
  reload(deadline: Deadline): Promise<readonly string[]>;
  current(): readonly string[];
  /** Whether the vault has been read and has no valid version. */
  isAbsent(): boolean;
}

/** How a provider sends by one channel. */
interface ChannelOfProvider {
  readonly client: Client;
  createRequest(
    codeRequest: CodeRequest,
    phoneNumber: PhoneNumber,
    secret: string,
  ): ProviderRequest;
  outcomeOf(answered: Answered): AttemptOutcome;
}

export interface Provider {
  readonly name: ProviderName;
  readonly secret: ProviderSecret;
  /** A channel that is off is undefined. */
  readonly channels: Readonly<Record<Channel, ChannelOfProvider | undefined>>;
  /** Whether a second attempt is made if the first cannot have been accepted. */
  readonly retries: boolean;
  /** Why this provider cannot send the code. Undefined if it can. */
  whyNot(
    codeRequest: Pick<CodeRequest, "channel">,
    phoneNumber: Pick<PhoneNumber, "hasExtension">,
  ): PolicyReason | undefined;
}

/**
 * Sends a code by one provider. Never rejects.
 * @param isLast Whether no other provider is asked after this one. Only the last provider is tried
 * twice, because after any other it is better to ask the next provider.
 */
export function createSend(clock: Clock, warn: (message: string) => void) {
  return async (
    provider: Provider,
    codeRequest: CodeRequest,
    phoneNumber: PhoneNumber,
    deadline: Deadline,
    isLast: boolean,
  ): Promise<Sent> => {
    const { name, secret, retries } = provider;
    const attempts: Attempt[] = [];
    const unavailable = (reason: "secrets-not-loaded" | "internal-error") =>
      ({ ok: false, outcome: "unavailable", reason, provider: name, attempts }) as const;

    async function attempt(key: string): Promise<Reply> {
      const channel = provider.channels[codeRequest.channel];
      // Cannot happen: a provider whose channel is off is not asked.
      if (channel === undefined) throw new Error(`${codeRequest.channel} is off`);
      const request = channel.createRequest(codeRequest, phoneNumber, key);
      const startedAt = new Date(clock.now());
      const start = clock.elapsed();
      const reply = await channel.client.post(request, deadline);
      const facts = {
        provider: name,
        channel: codeRequest.channel,
        host: channel.client.host,
        startedAt,
        durationMs: clock.elapsed() - start,
        status: reply.kind === "answered" ? reply.status : undefined,
      };
      try {
        attempts.push({ ...facts, ...outcomeOf(reply, channel) });
      } catch (error) {
        attempts.push({ ...facts, ...unreadable });
        throw error;
      }
      return reply;
    }

    try {
      // While another provider can be asked, nobody waits for a secret that the vault lacks.
      const [key] = !isLast && secret.isAbsent() ? [] : await secret.get(deadline);
      if (key === undefined) return unavailable("secrets-not-loaded");
      const reply = await attempt(key);
      if (isLast && retries) {
        const again = await keyForRetry(reply, key, secret, deadline);
        if (again !== undefined) await attempt(again);
      } else if (attempts.some((made) => !made.ok && made.reason === "key-rejected")) {
        // The next code gets the new key.
        void secret.reload(deadline);
      }
    } catch (error) {
      warn(`Unexpected ${errorName(error)} while sending by ${name}.`);
      return unavailable("internal-error");
    }
    const last = attempts.at(-1);
    return last === undefined ? unavailable("internal-error") : { ...last, attempts };
  };

  /** Waits until the retry may start, and returns the key for it. Undefined if no retry is made. */
  async function keyForRetry(
    first: Reply,
    key: string,
    secret: ProviderSecret,
    deadline: Deadline,
  ): Promise<string | undefined> {
    if (isUnauthorized(first)) {
      const [another] = await secret.reload(deadline);
      return another === key || deadline.signal.aborted ? undefined : another;
    }
    const delayMs = retryDelayMs(first, deadline.remainingMs(), clock.now());
    if (delayMs === undefined) return undefined;
    await sleep(clock, delayMs);
    return key;
  }
}

function outcomeOf(reply: Reply, channel: Pick<ChannelOfProvider, "outcomeOf">): AttemptOutcome {
  switch (reply.kind) {
    case "answered":
      return channel.outcomeOf(reply);
    case "unanswered":
      return { ok: false, outcome: "unconfirmed", reason: reply.cause };
    case "unsent": {
      const reason = reply.cause === "deadline" ? "deadline-before-sending" : "unreachable";
      return { ok: false, outcome: "unavailable", reason };
    }
  }
}

/** The provider has answered, and we failed to read the answer. */
const unreadable = {
  ok: false,
  outcome: "unavailable",
  reason: "internal-error",
  mayBeSent: true,
} as const;

function isUnauthorized(reply: Reply): boolean {
  return reply.kind === "answered" && reply.status === 401;
}
