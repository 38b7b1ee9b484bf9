import type { CodeRequest } from "../rules/code-request.ts";
import type { Refused, Sent } from "../rules/outcome.ts";
import type { PhoneNumber } from "../rules/phone-number.ts";
import { countryKey, endOfDay, type ByCountry, type DatedRange } from "../rules/phone-policy.ts";
import type { GuardReason } from "../rules/reasons.ts";
import { createFailureWarning } from "../timing/failure-warning.ts";
import type { Clock } from "../timing/clock.ts";
import { createDay } from "./day.ts";
import { createEvents } from "./events.ts";
import type { CountedCode, CountryLimits } from "./limits.ts";

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
  /** Countries with the same object share its counts. Countries without an entry share `*`. */
  readonly countryLimits: ByCountry<CountryLimits>;
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
  readonly country: string | undefined;
  readonly callingCode: string;
  /** Undefined if the guard did not judge the code. */
  readonly phoneKey: string | undefined;
  /** Undefined if no provider accepted the code. Okta's own provider may have sent it. */
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
  const names = new Map([...countryLimits].map(([country, limits]) => [limits, country]));
  let today = createDay();
  let endsAt = endOfDay(clock.now());

  function startDay(): number {
    const at = clock.now();
    if (endOfDay(at) !== endsAt) [today, endsAt] = [createDay(), endOfDay(at)];
    return at;
  }

  function limitsOf(placed: Parameters<typeof countryKey>[0]) {
    const limits = countryLimits.get(countryKey(placed)) ?? countryLimits.get("*");
    return { limits, country: limits && names.get(limits) };
  }

  /** Undefined if the app does not know yet, or does not match events to codes. */
  const onTime = () => (eventsAreJoined() ? events.onTime(clock.now()) : undefined);

  function judgeOrThrow(request: JudgedRequest, phoneNumber: JudgedNumber): Verdict {
    const at = startDay();
    const eventsOnTime = onTime() === true;
    if (exemptRanges.some(({ range, untilMs }) => untilMs > at && phoneNumber.isIn(range)))
      return { ok: true, facts: { eventsOnTime, dayPercent: undefined } };

    const { kind, channel, oktaUserId } = request;
    const phoneKey = phoneNumber.hash(phoneHashKey()).slice(0, keyLength);
    const { limits, country } = limitsOf(phoneNumber);
    const code = { kind, channel, phoneKey, person: oktaUserId ?? phoneKey, country };
    // If no code arrives, people ask again and again. They must not meet a lower limit for it.
    if (events.isSilent(at)) today.forgetPeople();
    const applied = today.apply(code, limits);
    const percents = applied.flatMap(({ percent }) => percent ?? []);
    const dayPercent = percents.length === 0 ? undefined : Math.max(...percents);
    const first = applied.find(({ isExceeded }) => isExceeded);
    const facts = { dayPercent, eventsOnTime, phoneKey };
    if (first === undefined) {
      const settle = count(code, applied, oktaUserId);
      return { ok: true, facts: { ...facts, countedAt: new Date(at) }, settle };
    }
    const { reason } = first.row;
    const exceeded = { reason, count: first.count, limit: first.limit, untilMs: endsAt };
    // Record mode shows what `enforce` would do. Neither mode counts a code that exceeds a limit.
    if (mode === "record") return { ok: true, facts: { ...facts, exceeded } };
    const suppressible =
      reason === "country-unfinished" && today.recordRefusal(code) && eventsOnTime;
    return { ok: false, outcome: "refused", reason, suppressible, facts: { ...facts, exceeded } };
  }

  /** Returns `settle`. A code that no provider accepted counts for nobody. */
  function count(code: CountedCode, applied: ReturnType<typeof today.apply>, userId?: string) {
    let isCounted = true;
    today.add(code, 1, applied);
    return ({ attempts }: Pick<Sent, "attempts">): void => {
      const isAccepted = attempts.some(({ ok }) => ok);
      if (isAccepted && code.kind === "sign-in" && userId) events.sent(userId, clock.now());
      if (isAccepted !== isCounted) today.add(code, isAccepted ? 1 : -1, applied);
      isCounted = isAccepted;
    };
  }

  function safely<Result>(act: () => Result, otherwise: Result): Result {
    try {
      return act();
    } catch (error) {
      failed(error);
      return otherwise;
    }
  }

  return {
    /** Judges the code, and counts it if it may be sent. */
    judge: (request: JudgedRequest, phoneNumber: JudgedNumber): Verdict =>
      safely(() => judgeOrThrow(request, phoneNumber), { ok: true }),
    /** Call this method once for each code that Okta reports as used. */
    used(code: UsedSentCode, publishedAt: Date): void {
      const { phoneKey, oktaUserId: person, countedAt } = code;
      if (phoneKey === undefined) return;
      safely(() => {
        const at = startDay();
        events.used(person, Math.max(0, at - publishedAt.getTime()), at);
        const { country } = limitsOf(code);
        today.use({ ...code, phoneKey, person, country }, countedAt !== undefined);
      }, undefined);
    },
    eventsOnTime: onTime,
  };
}
