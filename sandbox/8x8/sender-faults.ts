import type { Channel } from "../../src/delivery/channels.ts";
import type { Answer, Api } from "./api.ts";
import type { Fault } from "./faults.ts";
import type { Fate } from "./receipts.ts";

/**
 * What 8x8 may do with a sender that a country does not take. Which of them it does, and where, it does not say, so the
 * sandbox looks at no sender: each is a fault that somebody switches on.
 *
 * - `sender-refused`: a no at once. 1005 "invalid source": https://developer.8x8.com/connect/docs/api-error-codes; of a call
 *   -1014: https://developer.8x8.com/connect/docs/voice/error-codes/voice-status-codes
 * - `sender-undelivered`: a yes, then a receipt. 19 "invalid source address":
 *   https://developer.8x8.com/connect/docs/delivery-receipts-error-codes; of a call -2008 "source not whitelisted":
 *   https://developer.8x8.com/connect/docs/voice/voice-messaging/session-status
 * - `sender-changed`: a yes, and another sender, which the receipt of an SMS names:
 *   https://developer.8x8.com/connect/docs/send-sms-api-reference
 *
 * And `no-credit`: a yes, then a receipt of an SMS with 42 "source credit insufficiency", and a balance of nothing.
 */
export type SenderFault =
  | { readonly fault: "sender-refused" }
  | { readonly fault: "sender-undelivered" | "no-credit" }
  | { readonly fault: "sender-changed"; readonly source?: string };

const refusals: Readonly<Record<string, readonly [status: number, code: number]>> = {
  messages: [400, 1005],
  callflows: [422, -1014],
};

export function senderRefusal(api: Api): Answer {
  const [status, code] = refusals[api.operation] ?? [400, undefined];
  return api.refusal(status, code, undefined);
}

const undelivered: Readonly<Record<Channel, Fate>> = {
  sms: { receipt: "undelivered", errorCode: 19 },
  voice: { receipt: "error", errorCode: -2008 },
};

/** What becomes of a message that was taken under a fault, where that is not as it is set. */
export function fateOf(fault: Fault | undefined, channel: Channel): Partial<Fate> {
  if (fault?.fault === "sender-undelivered") return undelivered[channel];
  // What becomes of a call without credit stands nowhere.
  if (fault?.fault === "no-credit" && channel === "sms") return { receipt: "undelivered", errorCode: 42 };
  return fault?.fault === "sender-changed" && channel === "sms" ? { source: fault.source ?? "INFO" } : {};
}
