import { keyedHash } from "../privacy/redacted.ts";
import type { ProviderName } from "../rules/outcome.ts";
import type { CodeRequest } from "../rules/code-request.ts";
import type { Country, PhoneNumber } from "../rules/phone-number.ts";
import type { Clock } from "../timing/clock.ts";
import type { Provider } from "./send.ts";
import { LRUCache } from "lru-cache";

export interface OrderSettings {
  /** Codes to these countries, or of this share of the people, go to the second hook first. */
  readonly firstFor: {
    readonly countries: readonly Country[];
    /** Countries that the share leaves out. */
    readonly except?: readonly Country[];
    readonly percent: number;
  };
  /** `other`: a resend starts with a different provider than the last code. */
  readonly onResend: "same" | "other";
}

export function createOrder(clock: Clock, { firstFor, onResend }: OrderSettings) {
  const resends = onResend === "other" ? createResends(clock) : undefined;
  return {
    /** @param providers The providers that can send the code, 8x8 before the second hook. */
    inOrder(
      providers: readonly Provider[],
      codeRequest: CodeRequest,
      phoneNumber: PhoneNumber,
    ): readonly Provider[] {
      const last = resends?.lastFirst(codeRequest, phoneNumber);
      const first = last === undefined ? usualFirst(codeRequest, phoneNumber) : otherThan[last];
      return providers.toSorted(
        (one, two) => Number(two.name === first) - Number(one.name === first),
      );
    },
    /** Call this method with the provider that gets the code first. */
    asked(first: ProviderName, codeRequest: CodeRequest, phoneNumber: PhoneNumber): void {
      resends?.sent(codeRequest, phoneNumber, first);
    },
    /** Call this method when Okta reports a code as used. */
    used(code: Code): void {
      resends?.used(code);
    },
  };

  function usualFirst({ oktaUserId }: CodeRequest, phoneNumber: PhoneNumber): ProviderName {
    const { countries, except = [], percent } = firstFor;
    // A number that may be in several countries counts in each, as for the phone policy.
    const ofNumber = phoneNumber.countries;
    const isLeftOut = ofNumber.length > 0 && ofNumber.every((country) => except.includes(country));
    const isSecondFirst =
      ofNumber.some((country) => countries.includes(country)) ||
      (!isLeftOut && shareOf(oktaUserId, phoneNumber) < percent);
    return isSecondFirst ? "second-hook" : "8x8";
  }
}

const otherThan = { "8x8": "second-hook", "second-hook": "8x8" } as const;

/** This key is not a secret. The key must be the same in each instance and after each restart. */
const shareKey = "share of the second hook";

/**
 * Returns 0 to under 100, evenly spread over people. A higher percentage includes everyone whom a
 * lower percentage included.
 */
function shareOf(oktaUserId: string | undefined, phoneNumber: PhoneNumber): number {
  const hash =
    oktaUserId === undefined ? phoneNumber.hash(shareKey) : keyedHash(oktaUserId, shareKey);
  return (100 * Buffer.from(hash, "base64url").readUInt32BE()) / 2 ** 32;
}

export type Code = Pick<CodeRequest, "oktaUserId" | "channel" | "kind">;

/** The provider that a person's last code started with. */
interface Start {
  readonly first: ProviderName;
  readonly at: number;
  /** How many codes the person had used when the last code was sent. */
  readonly uses: number | undefined;
}

const resentWithinMs = 5 * 60_000;

/** A person who asks again soon, without using the last code, probably did not get it. */
function createResends({ elapsed }: Pick<Clock, "elapsed">) {
  // Phone numbers are kept as hashes, and no other process has their key.
  const key = crypto.randomUUID();
  const sent = new LRUCache<string, Start>({ max: 10_000 });
  const uses = new LRUCache<string, number>({ max: 10_000 });
  const personOf = ({ oktaUserId = "", channel, kind }: Code) => `${oktaUserId} ${channel} ${kind}`;
  const keyOf = (code: Code, phoneNumber: PhoneNumber) =>
    `${personOf(code)} ${phoneNumber.hash(key)}`;

  return {
    /** Undefined if this code is not a resend. */
    lastFirst(code: Code, phoneNumber: PhoneNumber): ProviderName | undefined {
      const last = sent.get(keyOf(code, phoneNumber));
      if (last === undefined || elapsed() - last.at >= resentWithinMs) return undefined;
      return last.uses === uses.get(personOf(code)) ? last.first : undefined;
    },
    sent(code: Code, phoneNumber: PhoneNumber, first: ProviderName): void {
      const start = { first, at: elapsed(), uses: uses.get(personOf(code)) };
      sent.set(keyOf(code, phoneNumber), start);
    },
    used(code: Code): void {
      uses.set(personOf(code), (uses.get(personOf(code)) ?? 0) + 1);
    },
  };
}
