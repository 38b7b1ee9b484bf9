import { randomInt } from "node:crypto";
import { RawPhoneNumber } from "../../src/privacy/redacted.ts";
import { createOrder } from "../../src/providers/order.ts";
import type { Provider } from "../../src/providers/send.ts";
import type { CodeRequest } from "../../src/rules/code-request.ts";
import type { ProviderName } from "../../src/rules/outcome.ts";
import { parsePhoneNumber } from "../../src/rules/phone-number.ts";
import { secondHook } from "../../src/settings/environment/second-hook.ts";
import { systemClock } from "../../src/timing/clock.ts";

export const letters = (count: number) =>
  Array.from({ length: count }, () => String.fromCharCode(65 + randomInt(26))).join("");

const createId = () => `00uVerify${letters(11)}`;
const providers = (["8x8", "second-hook"] as const).map((name) => ({ name }) as Provider);

/**
 * Chooses a run's user ids by the app's own rule: `usual` for codes that 8x8 gets first if it gets
 * any, and `ofSecond` for codes that the second hook gets first. With only one id, 8x8 or a
 * percentage for the second hook would not be tried. The app's alerts leave out ids that begin with
 * `00uVerify`.
 */
export function userIdsFor(setting: string | undefined, phone = "+12025550123") {
  const { data: firstFor } = secondHook.SECOND_HOOK_FIRST_FOR.safeParse(setting);
  const parsed = parsePhoneNumber(new RawPhoneNumber(phone), undefined);
  if (firstFor === undefined || !parsed.ok) return { usual: createId() };
  const order = createOrder(systemClock, { firstFor, onResend: "same" });
  const find = (name: ProviderName): string | undefined => {
    // With a share of 1 %, 2,000 ids without a match come once in 500 million runs.
    for (let left = 2_000; left > 0; left -= 1) {
      const oktaUserId = createId();
      const [first] = order.inOrder(providers, { oktaUserId } as CodeRequest, parsed.phoneNumber);
      if (first?.name === name) return oktaUserId;
    }
    return undefined;
  };
  return { usual: find("8x8") ?? createId(), ofSecond: find("second-hook") };
}
