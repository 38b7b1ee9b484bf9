import { mayBeSent, type Sent, type Refused } from "../rules/outcome.ts";
import type { CodeRequest } from "../rules/code-request.ts";
import {
  beginningOf,
  countryKey,
  namesNumber,
  type DatedRange,
  type PhonePolicy,
} from "../rules/phone-policy.ts";
import type { PhoneNumber } from "../rules/phone-number.ts";
import type { Clock } from "../timing/clock.ts";
import { createFailureWarning } from "../timing/background.ts";
import { createGuard, type Guard } from "./guard.ts";
import type { CodeFacts, GuardSettings } from "./guarded-code.ts";

/** Whether the code may be sent. */
export type Verdict = ({ readonly ok: true } | Refused) & {
  /** Undefined if the guard failed. */
  readonly facts?: GuardFacts;
  /** Subtracts the code from the counts. Undefined if it was not counted. */
  readonly subtract?: (() => void) | undefined;
};

interface GuardFacts {
  /** The limit that the code exceeds. Record mode sets it too. */
  readonly exceeded: ReturnType<Guard["judge"]>["refused"];
  readonly dayPercent: number | undefined;
  /** Whether Okta's events are on time. False before the first used code. */
  readonly eventsOnTime: boolean;
  /** Undefined if the code was not counted. */
  readonly countedAt: Date | undefined;
  /** Keyed hash of the number. Undefined if the number is exempt. */
  readonly phoneKey: string | undefined;
  readonly knownRange: string | undefined;
}

interface DeliveryGuardSettings {
  readonly mode: "record" | "enforce";
  readonly settings: GuardSettings;
  readonly knownRanges: readonly string[];
  readonly exemptRanges: readonly DatedRange[];
  readonly phonePolicy: Pick<PhonePolicy, "allowedCountries" | "allowedCallingCodes">;
}

interface GuardSurroundings {
  readonly clock: Clock;
  readonly phoneHashKey: () => string | undefined;
  readonly eventsAreJoined: () => boolean;
  readonly warn: (message: string) => void;
  /** Called after the last day of an exempt range. */
  readonly exemptionExpired: () => void;
}

interface UsedSentCode extends Pick<CodeFacts, "kind" | "channel"> {
  readonly oktaUserId: string;
  readonly phoneKey: string | undefined;
  readonly knownRange?: string | undefined;
  readonly country: string | undefined;
  readonly callingCode: string;
  readonly countedAt: Date | undefined;
}

/** 16 characters of a hash (96 bits) are enough to identify a number, and keep rows small. */
const keyLength = 16;

/** Connects the guard to deliveries. No method throws. If the guard fails, the code is sent. */
export function createDeliveryGuard(
  { mode, settings, knownRanges, exemptRanges, phonePolicy }: DeliveryGuardSettings,
  { clock, phoneHashKey, eventsAreJoined, warn, exemptionExpired }: GuardSurroundings,
) {
  /** Used until the vault's key is read. Counts stay in this process, so any key is enough. */
  const ownKey = crypto.randomUUID();
  const guard = createGuard(settings, eventsAreJoined);
  const failed = createFailureWarning(clock, "The guard failed and refuses no codes", warn);
  let exemptions = exemptRanges.filter(({ untilMs }) => untilMs > clock.now());

  function isExempt(phoneNumber: PhoneNumber, at: number): boolean {
    const live = exemptions.filter(({ untilMs }) => untilMs > at);
    if (live.length < exemptions.length) exemptionExpired();
    exemptions = live;
    const ranges = live.map(({ range }) => range);
    return beginningOf(phoneNumber, ranges) !== undefined;
  }

  function judgeOrThrow(delivery: CodeRequest, phoneNumber: PhoneNumber): Verdict {
    const at = clock.now();
    const { kind, channel, oktaUserId: userKey } = delivery;
    const phoneKey = phoneNumber.hash(phoneHashKey() ?? ownKey).slice(0, keyLength);
    const knownRange = beginningOf(phoneNumber, knownRanges);
    const exempt = isExempt(phoneNumber, at);
    const allowed = namesNumber(phoneNumber, phonePolicy);
    const country = countryKey(phoneNumber);
    const { refused, subtract, dayPercent } = guard.judge(
      { kind, channel, phoneKey, userKey, country, knownRange, exempt, allowed },
      at,
    );
    const facts = {
      exceeded: refused,
      dayPercent,
      eventsOnTime: guard.eventsOnTime(at) === true,
      countedAt: subtract && new Date(at),
      phoneKey: exempt ? undefined : phoneKey,
      knownRange,
    };
    if (mode === "record" || !refused?.enforced) return { ok: true, facts, subtract };
    const { reason, suppressible } = refused;
    return { ok: false, outcome: "refused", reason, suppressible, facts };
  }

  return {
    /** Judges the code, and counts it if it may be sent. */
    judge(delivery: CodeRequest, phoneNumber: PhoneNumber): Verdict {
      try {
        return judgeOrThrow(delivery, phoneNumber);
      } catch (error) {
        failed(error);
        return { ok: true };
      }
    },
    /** If 8x8 cannot have sent the code, subtracts it from the counts. */
    settle({ subtract }: Verdict, delivered: Pick<Sent, "attempts">): void {
      if (!mayBeSent(delivered)) subtract?.();
    },
    /** Call it once for each code that Okta reports as used. */
    used(code: UsedSentCode, publishedAt: Date): void {
      const { kind, channel, phoneKey, oktaUserId: userKey, knownRange, countedAt } = code;
      if (phoneKey === undefined) return;
      try {
        const country = countryKey(code);
        const facts = { kind, channel, phoneKey, userKey, country, knownRange };
        const counted = countedAt !== undefined;
        guard.used({ ...facts, counted, publishedAt: publishedAt.getTime() }, clock.now());
      } catch (error) {
        failed(error);
      }
    },
    codesWithoutUser: guard.codesWithoutUser,
    eventsOnTime: () => guard.eventsOnTime(clock.now()),
  };
}
