import type { CodeRequest } from "../rules/code-request.ts";
import { mayBeSent, type Sent } from "../rules/outcome.ts";
import type { PhoneNumber } from "../rules/phone-number.ts";
import type { Clock } from "../timing/clock.ts";
import type { SentCode } from "./code-table.ts";
import type { createCodes } from "./codes.ts";

type GuardFacts = Partial<Pick<SentCode, "phoneKey" | "countedAt">>;

/**
 * A code that 8x8 did not accept is stored too: Okta may send it, and its use must not match an
 * older code.
 */
export function createRemember(
  clock: Pick<Clock, "now">,
  codes: Pick<ReturnType<typeof createCodes>, "remember"> | undefined,
  isNeeded: () => boolean,
) {
  return (
    { oktaUserId, channel, kind, eventId, requestType }: CodeRequest,
    { country, callingCode, range }: PhoneNumber,
    { attempts }: Pick<Sent, "attempts">,
    guard: GuardFacts | undefined,
  ): void => {
    if (oktaUserId === undefined || !isNeeded()) return;
    const accepted = attempts.find(({ ok }) => ok);
    codes?.remember({
      oktaUserId,
      channel,
      kind,
      sentAt: attempts.at(-1)?.startedAt ?? new Date(clock.now()),
      sentBy: accepted?.channel,
      providerId: accepted?.id,
      eventId,
      requestType,
      country,
      callingCode,
      range,
      phoneKey: guard?.phoneKey,
      countedAt: mayBeSent({ attempts }) ? guard?.countedAt : undefined,
    });
  };
}
