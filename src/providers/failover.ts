import type { Sent, ProviderName } from "../rules/outcome.ts";
import type { CodeRequest } from "../rules/code-request.ts";
import type { PhoneNumber } from "../rules/phone-number.ts";
import { isFinal, type PolicyReason } from "../rules/reasons.ts";
import { startDeadline, type Clock, type Deadline } from "../timing/clock.ts";
import { createOrder, type Code, type OrderSettings } from "./order.ts";
import { createOutages, isNoAnswer } from "./outages.ts";
import { createSend, type Provider } from "./send.ts";

/** Share of the remaining time that the first of two providers gets. */
const firstShares: Readonly<Record<ProviderName, number>> = {
  "8x8": 0.55,
  // A hook is often a serverless function, which may have a cold start.
  "second-hook": 0.7,
};

/** How long a code waits for the only provider while this provider answers no code. */
const outageWaitMs = 1_000;

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
  const outages = createOutages(clock);
  /** Ids of Okta's requests that wait for a provider's answer. */
  const pending = new Set<string>();

  /** Without this check, a second hook that leads back to this app would cause an endless loop. */
  const hasReturned = ({ passedOn, eventId }: CodeRequest) =>
    passedOn || (eventId !== undefined && pending.has(eventId));

  function usualOrder(codeRequest: CodeRequest, phoneNumber: PhoneNumber): readonly Provider[] {
    const canSend = (provider: Provider) => provider.whyNot(codeRequest, phoneNumber) === undefined;
    if (second === undefined || hasReturned(codeRequest)) return [eightByEight].filter(canSend);
    return order.inOrder([eightByEight, second].filter(canSend), codeRequest, phoneNumber);
  }

  /** The first provider's outage, if the code goes to the other provider first. */
  function findOutage(
    [first, other]: readonly Provider[],
    codeRequest: CodeRequest,
    phoneNumber: PhoneNumber,
  ) {
    if (first === undefined || other === undefined || other.secret.isAbsent()) return undefined;
    if (outages.has(other.name, codeRequest)) return undefined;
    const otherReason = outages.reasonUnlessTried(first.name, codeRequest, phoneNumber);
    return otherReason && { passedOver: first.name, otherReason };
  }

  async function sendBy(
    [first, other]: readonly Provider[],
    codeRequest: CodeRequest,
    phoneNumber: PhoneNumber,
    deadline: Deadline,
  ): Promise<Sent> {
    // rules/decision.ts refuses a code that no provider can send.
    if (first === undefined) throw new Error("no provider");
    const note = (sent: Sent): void => {
      outages.note(sent, codeRequest, phoneNumber);
    };
    const answered = new AbortController();
    const answerBy = { ...deadline, signal: answered.signal };
    // At the deadline, Okta is answered too, and the app makes no attempt after the answer.
    deadline.signal.addEventListener("abort", () => {
      answered.abort();
    });
    if (other === undefined || other.secret.isAbsent()) {
      const cancel = clock.after(outageWaitMs, () => {
        const reason = outages.reasonUnlessTried(first.name, codeRequest);
        if (reason !== undefined && isNoAnswer(reason)) answered.abort();
      });
      const sent = await send(first, codeRequest, phoneNumber, deadline, true, answerBy);
      cancel();
      void Promise.resolve(sent.open ?? sent).then(note);
      return sent;
    }

    const share = startDeadline(clock, deadline.remainingMs() * firstShares[first.name]);
    const inShare = await send(first, codeRequest, phoneNumber, deadline, false, share);
    share.end();
    note(inShare);
    if (inShare.ok || isFinal(inShare.reason)) return inShare;

    const late = inShare.open?.then((sent) => {
      if (sent.ok) answered.abort();
      return sent;
    });
    const byOther = await send(other, codeRequest, phoneNumber, deadline, true, answerBy);
    // The provider that is asked second has little time, so a missing answer is no failure.
    if (byOther.ok || !isNoAnswer(byOther.reason)) note(byOther);
    const byFirst = byOther.ok ? inShare : ((await late) ?? inShare);
    const isOpen = byFirst.open !== undefined || byOther.open !== undefined;
    const ended = Promise.all([byFirst.open ?? byFirst, byOther.open ?? byOther]);
    const open = isOpen ? ended.then(([one, two]) => either(one, two)) : undefined;
    return { ...either(byFirst, byOther), open };
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
      hookDeadline: Deadline,
    ): Promise<Sent> {
      const usual = usualOrder(codeRequest, phoneNumber);
      const outage = findOutage(usual, codeRequest, phoneNumber);
      const inOrder = outage === undefined ? usual : usual.toReversed();
      if (inOrder[0] !== undefined) order.asked(inOrder[0].name, codeRequest, phoneNumber);
      const { eventId } = codeRequest;
      const isFirst = eventId !== undefined && !pending.has(eventId);
      if (isFirst) pending.add(eventId);
      // The hook's deadline ends with the answer, but a request may stay open after that.
      const deadline = startDeadline(clock, hookDeadline.remainingMs());
      const sent = await sendBy(inOrder, codeRequest, phoneNumber, deadline);
      void Promise.resolve(sent.open ?? sent).then(() => {
        deadline.end();
        if (isFirst) pending.delete(eventId);
      });
      return outage !== undefined && sent.otherReason === undefined ? { ...sent, ...outage } : sent;
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
  const sent =
    [first, other].find(({ ok }) => ok) ??
    [eightByEight, secondHook].find(({ outcome }) => outcome === "unconfirmed") ??
    eightByEight;
  const unsuccessful = sent === first ? other : first;
  // The other provider has not failed if the late answer of the first one came before its answer.
  const isCutShort = first.ok && !other.ok && isNoAnswer(other.reason);
  const otherReason = unsuccessful.ok || isCutShort ? undefined : unsuccessful.reason;
  return { ...sent, otherReason, attempts };
}
