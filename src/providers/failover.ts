import type { Sent, ProviderName } from "../rules/outcome.ts";
import type { CodeRequest } from "../rules/code-request.ts";
import type { PhoneNumber } from "../rules/phone-number.ts";
import { isFinal, type PolicyReason } from "../rules/reasons.ts";
import { startDeadline, type Clock, type Deadline } from "../timing/clock.ts";
import { createOrder, type Code, type OrderSettings } from "./order.ts";
import { createSend, type Provider } from "./send.ts";

/** Share of the remaining time that the first of two providers gets. */
const firstShares: Readonly<Record<ProviderName, number>> = {
  "8x8": 0.55,
  // A hook is often a serverless function, which may have a cold start.
  "second-hook": 0.7,
};

/**
 * If the first provider does not accept a code, or may not have accepted it, the other provider
 * gets the code too. A person who gets the same code twice can use either message.
 */
export function createFailover(
  clock: Clock,
  eightByEight: Provider,
  second: Provider | undefined,
  orderSettings: OrderSettings,
  warn: (message: string) => void,
) {
  const send = createSend(clock, warn);
  const order = createOrder(clock, orderSettings);
  /** Ids of Okta's requests that wait for a provider's answer. */
  const pending = new Set<string>();

  /** Without this check, a second hook that leads back to this app would cause an endless loop. */
  const hasReturned = ({ passedOn, eventId }: CodeRequest) =>
    passedOn || (eventId !== undefined && pending.has(eventId));

  function providersFor(codeRequest: CodeRequest, phoneNumber: PhoneNumber): readonly Provider[] {
    const canSend = (provider: Provider) => provider.whyNot(codeRequest, phoneNumber) === undefined;
    if (second === undefined || hasReturned(codeRequest)) return [eightByEight].filter(canSend);
    const able = [eightByEight, second].filter(canSend);
    return order
      .inOrder(able, codeRequest, phoneNumber)
      .filter(({ secret }, index) => index === 0 || !secret.isAbsent());
  }

  async function sendBy(
    [first, other]: readonly Provider[],
    codeRequest: CodeRequest,
    phoneNumber: PhoneNumber,
    deadline: Deadline,
  ): Promise<Sent> {
    // rules/decision.ts refuses a code that no provider can send.
    if (first === undefined) throw new Error("no provider");
    if (other === undefined) return send(first, codeRequest, phoneNumber, deadline, true);
    const share = startDeadline(clock, deadline.remainingMs() * firstShares[first.name]);
    const sent = await send(first, codeRequest, phoneNumber, share, false);
    share.end();
    if (sent.ok || isFinal(sent.reason)) return sent;
    return either(sent, await send(other, codeRequest, phoneNumber, deadline, true));
  }

  const providers = second === undefined ? [eightByEight] : [eightByEight, second];

  const whyNot = (codeRequest: CodeRequest, phoneNumber: PhoneNumber): PolicyReason | undefined =>
    second === undefined || hasReturned(codeRequest)
      ? eightByEight.whyNot(codeRequest, phoneNumber)
      : undefined;

  return {
    whyNot,
    async send(
      codeRequest: CodeRequest,
      phoneNumber: PhoneNumber,
      deadline: Deadline,
    ): Promise<Sent> {
      const inOrder = providersFor(codeRequest, phoneNumber);
      const { eventId } = codeRequest;
      const isFirst = eventId !== undefined && !pending.has(eventId);
      if (isFirst) pending.add(eventId);
      const sent = await sendBy(inOrder, codeRequest, phoneNumber, deadline);
      if (isFirst) pending.delete(eventId);
      return sent;
    },
    used(code: Code): void {
      order.used(code);
    },
    /** Starts a read of each provider's secret if a read is due. */
    refreshSecrets(): void {
      for (const { secret } of providers) secret.current();
    },
  };
}

/** If no provider accepted the code, `unconfirmed` wins, because the code may still arrive. */
function either(first: Sent, other: Sent): Sent {
  const attempts = [...first.attempts, ...other.attempts];
  const [eightByEight, secondHook] = first.provider === "8x8" ? [first, other] : [other, first];
  const sent = other.ok
    ? other
    : ([eightByEight, secondHook].find(({ outcome }) => outcome === "unconfirmed") ?? eightByEight);
  const unsuccessful = sent === first ? other : first;
  return { ...sent, otherReason: unsuccessful.ok ? undefined : unsuccessful.reason, attempts };
}
