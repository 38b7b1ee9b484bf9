import { keyedHash } from "../privacy/redacted.ts";
import type { ProviderName } from "../rules/outcome.ts";
import type { CodeRequest } from "../rules/code-request.ts";
import type { Country, PhoneNumber } from "../rules/phone-number.ts";
import type { Clock } from "../timing/clock.ts";
import { createResends, type Code } from "./resends.ts";
import type { Provider } from "./send.ts";

export interface OrderSettings {
  /** Whose codes the second hook gets first. The percentage is one of the people. */
  readonly firstFor: { readonly percent: number } | { readonly countries: readonly Country[] };
  /** `other`: a resend starts with the provider that the last code did not start with. */
  readonly onResend: "same" | "other";
}

/** Decides which of two providers is asked first. */
export function createOrder(clock: Clock, { firstFor, onResend }: OrderSettings) {
  const resends = onResend === "other" ? createResends(clock) : undefined;
  return {
    /** @param providers Those that can send the code: 8x8 before the second hook. */
    inOrder(
      providers: readonly Provider[],
      codeRequest: CodeRequest,
      phoneNumber: PhoneNumber,
    ): readonly Provider[] {
      const last = resends?.lastFirst(codeRequest, phoneNumber);
      const first = last === undefined ? usualFirst(codeRequest, phoneNumber) : otherThan[last];
      const ordered = providers.toSorted(
        (one, two) => Number(two.name === first) - Number(one.name === first),
      );
      if (ordered[0] !== undefined) resends?.sent(codeRequest, phoneNumber, ordered[0].name);
      return ordered;
    },
    /** Okta reports that a code was used. */
    used(code: Code): void {
      resends?.used(code);
    },
  };

  function usualFirst({ oktaUserId }: CodeRequest, phoneNumber: PhoneNumber): ProviderName {
    const isSecondFirst =
      "percent" in firstFor
        ? shareOf(oktaUserId, phoneNumber) < firstFor.percent
        : // A number that may be in several countries counts in each, as for the phone policy.
          phoneNumber.countries.some((country) => firstFor.countries.includes(country));
    return isSecondFirst ? "second-hook" : "8x8";
  }
}

const otherThan = { "8x8": "second-hook", "second-hook": "8x8" } as const;

/** Not a secret: it must be the same in each instance, and after each restart. */
const shareKey = "share of the second hook";

/**
 * Spreads people evenly from 0 to under 100. A higher percentage keeps everyone who was in a lower
 * one. If Okta names no user, the number is the person.
 */
function shareOf(oktaUserId: string | undefined, phoneNumber: PhoneNumber): number {
  const hash =
    oktaUserId === undefined ? phoneNumber.hash(shareKey) : keyedHash(oktaUserId, shareKey);
  return (100 * Buffer.from(hash, "base64url").readUInt32BE()) / 2 ** 32;
}
