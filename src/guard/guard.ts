import type { CodeRequest } from "../rules/code-request.ts";
import { mayBeSent, type Refused, type Sent } from "../rules/outcome.ts";
import type { PhoneNumber } from "../rules/phone-number.ts";
import { countryKey, type ByCountry, type DatedRange } from "../rules/phone-policy.ts";
import type { GuardReason } from "../rules/reasons.ts";
import { createFailureWarning } from "../timing/background.ts";
import type { Clock } from "../timing/clock.ts";
import { createDay, endOfDay } from "./day.ts";
import { createEvents } from "./events.ts";
import type { CountedCode, CountryNumbers } from "./limits.ts";

export type Verdict = ({ readonly ok: true } | Refused) & {
  /** Undefined if the guard failed. */
  readonly facts?: GuardFacts;
  /**
   * Corrects the counts after sending. Call this method again when an open request has ended.
   * Undefined if the code does not count.
   */
  readonly settle?: (sent: Pick<Sent, "attempts">) => void;
};

interface GuardFacts {
  /** The limit that the code exceeds. It is also set in record mode. */
  readonly exceeded?: {
    readonly reason: GuardReason;
    /** Includes this code. */
    readonly count: number;
    readonly limit: number;
    readonly untilMs: number;
  };
  /** How full the country's fullest limit is, in percent. */
  readonly dayPercent: number | undefined;
  /** Whether Okta's events are on time. False before the first used code. */
  readonly eventsOnTime: boolean;
  readonly countedAt?: Date;
  /** Keyed hash of the number. Undefined if the number is exempt. */
  readonly phoneKey?: string;
}

export interface GuardSettings {
  readonly mode: "record" | "enforce";
  /** All countries without an entry share the entry `*`. */
  readonly countryLimits: ByCountry<CountryNumbers>;
  readonly exemptRanges: readonly DatedRange[];
}

interface GuardSurroundings {
  readonly clock: Pick<Clock, "now" | "elapsed">;
  /** Counts stay in this process, so each process may have its own key. */
  readonly phoneHashKey: () => string;
  /** Whether the app has an event secret and a table of sent codes. */
  readonly eventsAreJoined: () => boolean;
  readonly warn: (message: string) => void;
}

type JudgedRequest = Pick<CodeRequest, "kind" | "channel" | "oktaUserId">;
type JudgedNumber = Pick<PhoneNumber, "country" | "callingCode" | "hash" | "isIn">;

interface UsedSentCode extends Pick<CountedCode, "kind" | "channel"> {
  readonly oktaUserId: string;
  /** Undefined if the guard did not judge the code. */
  readonly phoneKey: string | undefined;
  readonly country: string | undefined;
  readonly callingCode: string;
  /** Undefined if this app did not send the code. Okta's own provider may have sent it. */
  readonly countedAt: Date | undefined;
}

/** A hash of 16 characters (96 bits) identifies a number and keeps rows small. */
const keyLength = 16;

/** Each instance has its own counts. No method throws. If the guard fails, the code is sent. */
export function createGuard(
  { mode, countryLimits, exemptRanges }: GuardSettings,
  { clock, phoneHashKey, eventsAreJoined, warn }: GuardSurroundings,
) {
  const failed = createFailureWarning(clock, "The guard failed and refuses no codes", warn);
  const events = createEvents();
  let today = createDay(clock.now());

  function startDay(): number {
    const at = clock.now();
    if (endOfDay(at) !== today.endsAt) today = createDay(at);
    return at;
  }

  function countryOf(placed: Parameters<typeof countryKey>[0]): string | undefined {
    return [countryKey(placed), "*"].find((key) => countryLimits.has(key));
  }

  function judgeOrThrow(request: JudgedRequest, phoneNumber: JudgedNumber): Verdict {
    const at = startDay();
    const onTime = eventsAreJoined() ? events.onTime(at) : false;
    const eventsOnTime = onTime === true;
    if (exemptRanges.some(({ range, untilMs }) => untilMs > at && phoneNumber.isIn(range)))
      return { ok: true, facts: { eventsOnTime, dayPercent: undefined } };

    const { kind, channel, oktaUserId: userKey } = request;
    const phoneKey = phoneNumber.hash(phoneHashKey()).slice(0, keyLength);
    const code = { kind, channel, phoneKey, userKey, country: countryOf(phoneNumber) };
    // While a new instance does not know whether events are on time, it counts unused codes.
    const applied = today.apply(code, countryLimits.get(code.country ?? ""), onTime !== false);
    const percents = applied
      .filter(({ of }) => of.by.startsWith("country"))
      .map(({ count, limit }) => Math.round((100 * count) / limit));
    const dayPercent = percents.length === 0 ? undefined : Math.max(...percents);
    const first = applied.find(({ exceeded }) => exceeded);
    if (first === undefined) {
      const facts = { dayPercent, eventsOnTime, countedAt: new Date(at), phoneKey };
      return { ok: true, facts, settle: count(code, applied) };
    }
    const { reason } = first.of;
    const exceeded = { reason, count: first.count, limit: first.limit, untilMs: today.endsAt };
    const facts = { exceeded, dayPercent, eventsOnTime, phoneKey };
    // Record mode shows what `enforce` would do. Neither mode counts a code that exceeds a limit.
    if (mode === "record") return { ok: true, facts };
    const suppressible =
      reason === "country-unfinished" && today.isRepeatedRefusal(code) && eventsOnTime;
    return { ok: false, outcome: "refused", reason, suppressible, facts };
  }

  /**
   * The returned function subtracts a code that no provider can have sent. In an outage, people ask
   * again, so an unaccepted code counts only for its country.
   */
  function count(code: CountedCode, applied: ReturnType<typeof today.apply>) {
    const day = today;
    const counted = new Set<(typeof applied)[number]>();
    const settle = (one: (typeof applied)[number], counts: boolean): void => {
      if (counts === counted.has(one)) return;
      if (counts) counted.add(one);
      else counted.delete(one);
      day.add(counts ? 1 : -1, one, code);
    };
    for (const one of applied) settle(one, true);
    return ({ attempts }: Pick<Sent, "attempts">): void => {
      const isAccepted = attempts.some(({ ok }) => ok);
      const isSent = mayBeSent({ attempts });
      for (const one of applied)
        settle(one, isAccepted || (isSent && one.of.by.startsWith("country")));
      if (isSent && code.kind === "sign-in" && code.userKey !== undefined)
        events.sent(code.userKey, clock.now());
    };
  }

  return {
    /** Judges the code, and counts it if it may be sent. */
    judge(request: JudgedRequest, phoneNumber: JudgedNumber): Verdict {
      try {
        return judgeOrThrow(request, phoneNumber);
      } catch (error) {
        failed(error);
        return { ok: true };
      }
    },
    /** Call this method once for each code that Okta reports as used. */
    used(code: UsedSentCode, publishedAt: Date): void {
      const { kind, channel, phoneKey, oktaUserId: userKey, countedAt } = code;
      if (phoneKey === undefined) return;
      try {
        const at = startDay();
        events.used(Math.max(0, at - publishedAt.getTime()), at);
        const country = countryOf(code);
        today.use({ kind, channel, phoneKey, userKey, country }, countedAt !== undefined);
      } catch (error) {
        failed(error);
      }
    },
    /** Undefined if the app does not know yet, or does not match events to codes. */
    eventsOnTime: () => (eventsAreJoined() ? events.onTime(clock.now()) : undefined),
  };
}
