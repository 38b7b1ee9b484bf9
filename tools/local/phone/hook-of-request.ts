import type { RecordedRequest } from "../../sandbox/8x8.ts";
import type { ReadHook } from "./hook-body.ts";

export interface LateHook extends ReadHook {
  readonly n: number;
  answered: boolean;
}

/**
 * Returns the hook request that caused a request to 8x8. An SMS carries the id of Okta's event. A
 * call carries no id, so the newest unanswered hook request for the call's number is returned.
 */
export function hookOfRequest(
  hooks: readonly LateHook[],
  { body }: RecordedRequest,
): LateHook | undefined {
  const {
    eventId: passedOn,
    clientMessageId = passedOn,
    callflow,
  } = (body ?? {}) as {
    /** The second hook gets Okta's request. */
    eventId?: unknown;
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

/** Removes the zeros before a national number. */
function significant(digits: string): string {
  return digits.replace(/^0+/, "");
}
