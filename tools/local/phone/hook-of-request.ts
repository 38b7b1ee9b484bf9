import type { RecordedRequest } from "../../sandbox/8x8.ts";
import type { ReadHook } from "./hook-body.ts";

/** A hook that was seen lately. */
export interface LateHook extends ReadHook {
  readonly n: number;
  answered: boolean;
}

/**
 * The hook that a request to 8x8 is of. An SMS carries the id of Okta's event; a call carries
 * nothing, so it is the newest hook for its number that waits for an answer.
 */
export function hookOfRequest(
  hooks: readonly LateHook[],
  { body }: RecordedRequest,
): LateHook | undefined {
  const { clientMessageId, callflow } = (body ?? {}) as {
    clientMessageId?: unknown;
    callflow?: { params?: { destination?: unknown } }[];
  };
  const newest = hooks.toReversed();
  if (typeof clientMessageId === "string") {
    const same = newest.filter(({ eventId }) => eventId === clientMessageId);
    return same.find(({ answered }) => !answered) ?? same[0];
  }
  const destination = Array.isArray(callflow) ? digitsOf(callflow[0]?.params?.destination) : "";
  const isCalled = ({ answered, channel, phoneNumber }: LateHook): boolean => {
    const digits = significant(digitsOf(phoneNumber));
    return !answered && channel === "voice" && digits !== "" && destination.endsWith(digits);
  };
  return newest.find(isCalled);
}

function digitsOf(value: unknown): string {
  return typeof value === "string" ? value.replaceAll(/\D/g, "") : "";
}

/** Without what stands before a national number. */
function significant(digits: string): string {
  return digits.replace(/^0+/, "");
}
