import type { OtpDelivery } from "./delivery/otp-delivery.ts";
import { beginningOf, namesNumber, type PhonePolicy } from "./delivery/phone-policy.ts";
import { phoneHashOf, type PhoneNumber } from "./delivery/phone-number.ts";
import { createGuard } from "./guard/guard.ts";
import type { SentCode } from "./sent-codes/code-table.ts";
import type { GuardConfig } from "./settings/config.ts";
import type { GuardTrace } from "./telemetry/hook-trace.ts";
import type { Clock } from "./timing/clock.ts";
import { createFailureWarning } from "./timing/failure-warning.ts";

/** The guard, wired. Nothing here throws or is waited for, and nothing keeps a code from a person but a verdict. */
export interface Guarding {
  /** Judges the code, and counts it where it is let through. Undefined where that failed: the code is sent then. */
  readonly judge: (
    delivery: Pick<OtpDelivery, "oktaUserId" | "kind" | "channel">,
    phoneNumber: PhoneNumber,
  ) => GuardTrace | undefined;
  /** Somebody used the code, as Okta published then. To be called once for each code. */
  readonly used: (code: SentCode, publishedAt: Date) => void;
  readonly health: () => GuardHealth;
}

/** Of this instance, since it started. */
export interface GuardHealth {
  /** Limits of unused codes only record these. */
  readonly codesWithoutUser: number;
  readonly oktaEvents: "prompt" | "late" | "not joined";
}

interface ChosenGuard {
  readonly guard: GuardConfig;
  readonly phonePolicy: Pick<PhonePolicy, "allowedCountries" | "allowedCallingCodes">;
}

interface Surroundings {
  readonly clock: Clock;
  readonly phoneHashKey: () => string | undefined;
  /** Whether there are an event secret and a table of sent codes. */
  readonly eventsAreJoined: () => boolean;
  readonly warn: (message: string) => void;
}

/** 96 bits: no two numbers share them, and rows stay small. */
const keyBytes = 12;

export function createGuarding(
  { guard: { mode, settings, knownRanges, exemptRanges }, phonePolicy }: ChosenGuard,
  { clock, phoneHashKey, eventsAreJoined, warn }: Surroundings,
): Guarding {
  /** Numbers are counted in this process alone, so a key of its own will do. */
  const ownKey = crypto.randomUUID();
  const guard = createGuard(settings, eventsAreJoined);
  const failed = createFailureWarning(clock, "The guard failed, and kept nobody from a code", warn);

  return {
    judge({ oktaUserId: userKey, kind, channel }, phoneNumber) {
      try {
        const at = clock.now();
        const phoneKey = phoneHashOf(phoneNumber, phoneHashKey() ?? ownKey, keyBytes);
        const knownRange = beginningOf(phoneNumber, knownRanges);
        const exempt = beginningOf(phoneNumber, exemptRanges) !== undefined;
        const allowed = namesNumber(phoneNumber, phonePolicy);
        const eventsPrompt = guard.eventsArePrompt();
        const country = countryOf(phoneNumber);
        const { refused, takeBack, dayPercent } = guard.judge(
          { kind, channel, phoneKey, userKey, country, knownRange, exempt, allowed },
          at,
        );
        return {
          verdict: refused,
          refused: mode === "enforce" && refused?.enforced ? refused : undefined,
          counted: takeBack && { at: new Date(at), takeBack },
          phoneKey: exempt ? undefined : phoneKey,
          ...{ knownRange, eventsPrompt, dayPercent },
        };
      } catch (error) {
        failed(error);
        return undefined;
      }
    },
    used({ oktaUserId: userKey, kind, channel, phoneKey, knownRange, countedAt, country, callingCode }, publishedAt) {
      // Nor does the row of an earlier version say where it was.
      if (phoneKey === undefined || callingCode === undefined) return;
      try {
        const code = { kind, channel, phoneKey, userKey, country: countryOf({ country, callingCode }), knownRange };
        guard.used({ ...code, counted: countedAt !== undefined, publishedAt: publishedAt.getTime() }, clock.now());
      } catch (error) {
        failed(error);
      }
    },
    health: () => ({
      codesWithoutUser: guard.codesWithoutUser(),
      oktaEvents: !eventsAreJoined() ? "not joined" : guard.eventsArePrompt() ? "prompt" : "late",
    }),
  };
}

/** Where its country is not known, the calling code stands for it. */
function countryOf({ country, callingCode }: Pick<SentCode, "country" | "callingCode">): string {
  return country ?? `+${callingCode}`;
}
