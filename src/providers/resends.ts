import { LRUCache } from "lru-cache";
import type { ProviderName } from "../rules/outcome.ts";
import type { CodeRequest } from "../rules/code-request.ts";
import type { PhoneNumber } from "../rules/phone-number.ts";
import type { Clock } from "../timing/clock.ts";

export type Code = Pick<CodeRequest, "oktaUserId" | "channel" | "kind">;

/** How a code started. */
interface Start {
  readonly first: ProviderName;
  readonly at: number;
  /** How many of the person's codes were used before. */
  readonly uses: number | undefined;
}

const resentWithinMs = 5 * 60_000;

/**
 * Remembers by which provider each person's last code started, in this instance. Who asks again
 * within five minutes, and has not used that code, probably did not get it.
 */
export function createResends({ elapsed }: Pick<Clock, "elapsed">) {
  // Numbers are kept as hashes whose key no other process has.
  const key = crypto.randomUUID();
  const sent = new LRUCache<string, Start>({ max: 10_000 });
  const uses = new LRUCache<string, number>({ max: 10_000 });
  const personOf = ({ oktaUserId = "", channel, kind }: Code) => `${oktaUserId} ${channel} ${kind}`;
  const keyOf = (code: Code, phoneNumber: PhoneNumber) =>
    `${personOf(code)} ${phoneNumber.hash(key)}`;

  return {
    /** The provider that the person's last code started with, if this one is a resend. */
    lastFirst(code: Code, phoneNumber: PhoneNumber): ProviderName | undefined {
      const last = sent.get(keyOf(code, phoneNumber));
      if (last === undefined || elapsed() - last.at >= resentWithinMs) return undefined;
      return last.uses === uses.get(personOf(code)) ? last.first : undefined;
    },
    sent(code: Code, phoneNumber: PhoneNumber, first: ProviderName): void {
      const start = { first, at: elapsed(), uses: uses.get(personOf(code)) };
      sent.set(keyOf(code, phoneNumber), start);
    },
    /** Okta reports that the person has used a code of this kind. */
    used(code: Code): void {
      uses.set(personOf(code), (uses.get(personOf(code)) ?? 0) + 1);
    },
  };
}
