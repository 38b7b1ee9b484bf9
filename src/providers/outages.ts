import { LRUCache } from "lru-cache";
import type { CodeRequest } from "../rules/code-request.ts";
import type { FailureReason, ProviderName, Sent } from "../rules/outcome.ts";
import type { PhoneNumber } from "../rules/phone-number.ts";
import { reasons, type ReasonRow } from "../rules/reasons.ts";
import type { Clock } from "../timing/clock.ts";

/** Failures in a row of one provider and channel. */
interface Failures {
  /** The latest reason. */
  readonly reason: FailureReason;
  /** Hashes of everyone whose code failed. */
  readonly people: LRUCache<string, true>;
  /** How many people's codes failed, by the reason's `outageAfter`. */
  readonly counts: Map<number, number>;
  /** When the outage began, or a code last tried the provider. Undefined without an outage. */
  triedAt: number | undefined;
}

const tryEveryMs = 10_000;
const forgetAfterMs = 5 * 60_000;

/** Remembers which provider fails. Each instance knows only its own codes. */
export function createOutages({ elapsed }: Pick<Clock, "elapsed">) {
  const options = { max: 10, ttl: forgetAfterMs, ttlResolution: 0, perf: { now: elapsed } };
  const failing = new LRUCache<string, Failures>(options);
  // Phone numbers are kept as hashes, and no other process has their key.
  const hashKey = crypto.randomUUID();
  const keyOf = (provider: ProviderName, { channel }: CodeRequest) => `${provider} ${channel}`;

  function peopleOf({ oktaUserId }: CodeRequest, phoneNumber: PhoneNumber): readonly string[] {
    const number = phoneNumber.hash(hashKey);
    return oktaUserId === undefined ? [number] : [number, oktaUserId];
  }

  return {
    /** Notes what a provider did with a code in the time that the provider had. */
    note(sent: Sent, codeRequest: CodeRequest, phoneNumber: PhoneNumber): void {
      const key = keyOf(sent.provider, codeRequest);
      if (sent.ok) {
        failing.delete(key);
        return;
      }
      const { outageAfter: limit }: ReasonRow = reasons[sent.reason];
      if (limit === undefined) return;
      const { people, counts, triedAt } = failing.get(key) ?? {
        people: new LRUCache<string, true>({ max: 2_000 }),
        counts: new Map<number, number>(),
      };
      const names = peopleOf(codeRequest, phoneNumber);
      const isKnown = names.some((name) => people.has(name));
      for (const name of names) people.set(name, true);
      const count = (counts.get(limit) ?? 0) + (isKnown ? 0 : 1);
      counts.set(limit, count);
      const beganAt = count >= limit ? elapsed() : undefined;
      failing.set(key, { reason: sent.reason, people, counts, triedAt: triedAt ?? beganAt });
    },
    has: (provider: ProviderName, codeRequest: CodeRequest): boolean =>
      failing.get(keyOf(provider, codeRequest))?.triedAt !== undefined,
    /**
     * The reason of a provider's outage. Undefined without an outage, and for one code in ten
     * seconds, which tries the provider.
     * @param phoneNumber If given, people whose codes failed in this outage do not try.
     */
    reasonUnlessTried(
      provider: ProviderName,
      codeRequest: CodeRequest,
      phoneNumber?: PhoneNumber,
    ): FailureReason | undefined {
      const failures = failing.get(keyOf(provider, codeRequest));
      if (failures?.triedAt === undefined) return undefined;
      const names = phoneNumber === undefined ? [] : peopleOf(codeRequest, phoneNumber);
      const isTry =
        elapsed() - failures.triedAt >= tryEveryMs &&
        !names.some((name) => failures.people.has(name));
      if (!isTry) return failures.reason;
      failures.triedAt = elapsed();
      return undefined;
    },
  };
}

/** Whether the provider did not answer in time. */
export function isNoAnswer(reason: FailureReason): boolean {
  return reason === "deadline" || reason === "deadline-before-sending";
}
