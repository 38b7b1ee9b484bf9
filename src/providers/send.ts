import { once } from "node:events";
import type { Channel } from "../rules/channels.ts";
import type { CodeRequest } from "../rules/code-request.ts";
import type { Attempt, AttemptOutcome, Sent, ProviderName } from "../rules/outcome.ts";
import type { PhoneNumber } from "../rules/phone-number.ts";
import type { PolicyReason } from "../rules/reasons.ts";
import { errorName } from "../privacy/redacted.ts";
import { sleep, type Clock, type Deadline } from "../timing/clock.ts";
import { retryDelayMs } from "./retry.ts";
import type { Answered, Client, ProviderRequest, Reply } from "./client.ts";

/** Versions of the secret, newest first. The app sends only the newest. No method rejects. */
export interface ProviderSecret {
  get(deadline: Deadline): Promise<readonly string[]>;
  reload(deadline: Deadline): Promise<readonly string[]>;
  current(): readonly string[];
  isAbsent(): boolean;
}

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
  /** Whether the app tries again if the provider cannot have accepted the first attempt. */
  readonly retries: boolean;
  /** The reason why this provider cannot send the code. Undefined if the provider can send it. */
  whyNot(
    codeRequest: Pick<CodeRequest, "channel">,
    phoneNumber: Pick<PhoneNumber, "hasExtension">,
  ): PolicyReason | undefined;
}

/** undici refuses any other value: https://www.rfc-editor.org/rfc/rfc9110#name-field-values */
const headerValue = /^[\t\x20-\x7e\x80-\xff]+$/;

/**
 * Never rejects. Only the last of the providers gets a second attempt. After `answerBy`, the app
 * makes no attempt, but a request that is written stays open until the deadline.
 */
export function createSend(clock: Clock, warn: (message: string) => void) {
  return async (
    provider: Provider,
    codeRequest: CodeRequest,
    phoneNumber: PhoneNumber,
    deadline: Deadline,
    isLast: boolean,
    answerBy = deadline,
  ): Promise<Sent> => {
    const { name, secret, retries } = provider;
    const attempts: Attempt[] = [];
    let open: Promise<Attempt> | undefined;
    const unavailable = (reason: "secrets-not-loaded" | "unusable-secret" | "internal-error") =>
      ({ ok: false, outcome: "unavailable", reason, provider: name, attempts }) as const;
    const unexpected = (error: unknown): void => {
      warn(`Unexpected ${errorName(error)} while sending by ${name}.`);
    };

    async function attempt(key: string): Promise<Reply> {
      const channel = provider.channels[codeRequest.channel];
      // The channel cannot be off, because a provider whose channel is off gets no code.
      if (channel === undefined) throw new Error(`${codeRequest.channel} is off`);
      const request = channel.createRequest(codeRequest, phoneNumber, key);
      const startedAt = new Date(clock.now());
      const start = clock.elapsed();
      const attemptWith = (reply: Reply): Attempt => {
        const facts = {
          provider: name,
          channel: codeRequest.channel,
          host: channel.client.host,
          startedAt,
          durationMs: clock.elapsed() - start,
          status: reply.kind === "answered" ? reply.status : undefined,
        };
        try {
          return { ...facts, ...outcomeOfReply(reply, channel) };
        } catch (error) {
          unexpected(error);
          return { ...facts, ...unreadable };
        }
      };
      const reply = await channel.client.post(request, deadline, answerBy);
      attempts.push(attemptWith(reply));
      if (reply.kind === "unanswered") open = reply.later?.then(attemptWith);
      return reply;
    }

    try {
      // If another provider is left, the app does not wait for a secret that the vault lacks.
      const [key] = !isLast && secret.isAbsent() ? [] : await secret.get(answerBy);
      if (key === undefined) return unavailable("secrets-not-loaded");
      if (!headerValue.test(key)) {
        void secret.reload(deadline);
        return unavailable("unusable-secret");
      }
      const reply = await attempt(key);
      const [made] = attempts;
      if (made?.ok === false && isLast && retries && !answerBy.signal.aborted) {
        const again = await Promise.race([
          keyForRetry(reply, key, secret, answerBy),
          once(answerBy.signal, "abort").then(() => undefined),
        ]);
        if (again !== undefined) await attempt(again);
      } else if (made?.ok === false && made.reason === "key-rejected") {
        // Reads a new key for the next code.
        void secret.reload(deadline);
      }
    } catch (error) {
      unexpected(error);
      return unavailable("internal-error");
    }
    const last = attempts.at(-1);
    if (last === undefined) return unavailable("internal-error");
    const sentWith = (final: Attempt) => ({ ...final, attempts: attempts.with(-1, final) });
    return { ...sentWith(last), open: open?.then(sentWith) };
  };

  /** Waits until the retry may start, and returns the key for it. Undefined if no retry is made. */
  async function keyForRetry(
    first: Reply,
    key: string,
    secret: ProviderSecret,
    answerBy: Deadline,
  ): Promise<string | undefined> {
    if (isUnauthorized(first)) {
      const [another] = await secret.reload(answerBy);
      return another === key || answerBy.signal.aborted ? undefined : another;
    }
    const delayMs = retryDelayMs(first, answerBy.remainingMs(), clock.now());
    if (delayMs === undefined) return undefined;
    await sleep(clock, delayMs);
    return answerBy.signal.aborted ? undefined : key;
  }
}

function outcomeOfReply(
  reply: Reply,
  channel: Pick<ChannelOfProvider, "outcomeOf">,
): AttemptOutcome {
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

/** The outcome if the provider answered, but the app failed to read the answer. */
const unreadable = {
  ok: false,
  outcome: "unavailable",
  reason: "internal-error",
  mayBeSent: true,
} as const;

function isUnauthorized(reply: Reply): boolean {
  return reply.kind === "answered" && reply.status === 401;
}
