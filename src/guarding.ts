import type { OtpDelivery } from "./delivery/otp-delivery.ts";
import { beginningOf, namesNumber, type PhonePolicy } from "./delivery/phone-policy.ts";
import type { PhoneNumber } from "./delivery/phone-number.ts";
import { createGuard } from "./guard/guard.ts";
import type { SentCode } from "./sent-codes/code-table.ts";
import type { Config } from "./settings/config.ts";
import { expiredRangeWarning } from "./settings/warnings.ts";
import type { GuardTrace } from "./telemetry/hook-trace.ts";
import type { Clock } from "./timing/clock.ts";
import { createFailureWarning } from "./timing/failure-warning.ts";

export type Guarding = ReturnType<typeof createGuarding>;

/** Characters of a hash, of 6 bits each: no two numbers share 96 bits, and rows stay small. */
const keyLength = 16;

/**
 * The guard, wired. Nothing here throws or is waited for, and nothing keeps a code from a person
 * but a verdict.
 * @param program.eventsAreJoined Whether there are an event secret and a table of sent codes.
 */
export function createGuarding(
  { mode, settings, knownRanges, exemptRanges }: NonNullable<Config["guard"]>,
  phonePolicy: Pick<PhonePolicy, "allowedCountries" | "allowedCallingCodes">,
  program: {
    readonly clock: Clock;
    readonly phoneHashKey: () => string | undefined;
    readonly eventsAreJoined: () => boolean;
    readonly warn: (message: string) => void;
  },
) {
  const { clock, phoneHashKey, eventsAreJoined, warn } = program;
  /** Numbers are counted in this process alone, so a key of its own will do. */
  const ownKey = crypto.randomUUID();
  const guard = createGuard(settings, eventsAreJoined);
  const failed = createFailureWarning(clock, "The guard failed, and kept nobody from a code", warn);
  let exempt = exemptRanges.filter(({ untilMs }) => untilMs > clock.now());

  function isExempt(phoneNumber: PhoneNumber, at: number): boolean {
    const still = exempt.filter(({ untilMs }) => untilMs > at);
    if (still.length < exempt.length) warn(`Setting GUARD_EXEMPT_RANGES ${expiredRangeWarning}.`);
    exempt = still;
    const ranges = still.map(({ range }) => range);
    return beginningOf(phoneNumber, ranges) !== undefined;
  }

  return {
    /**
     * Judges the code, and counts it where it is let through. Undefined where that failed: the code
     * is sent then.
     */
    judge: (
      { oktaUserId: userKey, kind, channel }: Pick<OtpDelivery, "oktaUserId" | "kind" | "channel">,
      phoneNumber: PhoneNumber,
    ): GuardTrace | undefined => {
      try {
        const at = clock.now();
        const phoneKey = phoneNumber.hash(phoneHashKey() ?? ownKey).slice(0, keyLength);
        const knownRange = beginningOf(phoneNumber, knownRanges);
        const exempt = isExempt(phoneNumber, at);
        const allowed = namesNumber(phoneNumber, phonePolicy);
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
          knownRange,
          eventsOnTime: guard.eventsOnTime(at) === true,
          dayPercent,
        };
      } catch (error) {
        failed(error);
        return undefined;
      }
    },
    /** Somebody used the code, as Okta published then. To be called once for each code. */
    used: (
      { oktaUserId: userKey, phoneKey, countedAt, country, callingCode, ...code }: SentCode,
      publishedAt: Date,
    ): void => {
      // Of an exempt number no use counts.
      if (phoneKey === undefined) return;
      try {
        const { kind, channel, knownRange } = code;
        const place = countryOf({ country, callingCode });
        const facts = { kind, channel, phoneKey, userKey, country: place, knownRange };
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

/** The calling code stands for a country that is not known. */
const countryOf = ({ country, callingCode }: Pick<SentCode, "country" | "callingCode">): string =>
  country ?? `+${callingCode}`;
