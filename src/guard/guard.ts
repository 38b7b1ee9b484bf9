import type { GuardRefusal } from "../delivery/outcome.ts";
import { addTo, keep, type Kept, type Window } from "./counts.ts";
import { createEnrollments } from "./enrollments.ts";
import { createEvents } from "./events.ts";
import type { CodeFacts, GuardedCode, GuardSettings, UsedCode } from "./guarded-code.ts";
import { isAmong, keyOf, rows, type GivenNumbers, type Row } from "./rows.ts";

export type Guard = ReturnType<typeof createGuard>;

export interface Judgment {
  /** The row that the code exceeds. */
  readonly refused?: Refusal | undefined;
  /** To be called where 8x8 did not take the code. Undefined where it was not counted. */
  readonly takeBack?: (() => void) | undefined;
  /**
   * Of the country's days that have a number of the operator's, how much of the fullest is used up.
   */
  readonly dayPercent: number | undefined;
}

export interface Refusal extends GuardRefusal {
  /** With this code. */
  readonly count: number;
  readonly limit: number;
  /** When the row's hour or day ends. */
  readonly untilMs: number;
  /** False where the row only records: then the code is sent, whatever the mode. */
  readonly enforced: boolean;
}

const peopleLimit = 100_000;
/** Far more than there are countries, calling codes and known ranges. */
const placesLimit = 5_000;

/**
 * Times are in milliseconds since 1970.
 * @param eventsAreJoined Whether there are an event secret and a table of sent codes.
 */
export function createGuard(settings: GuardSettings, eventsAreJoined: () => boolean) {
  let clock = 1;
  const kept = <Value extends number | string>(window: Window, limit = peopleLimit): Kept<Value> =>
    keep(window, limit, () => clock);
  /** Each has a cache of its own: else people would push out a country. */
  const limits = rows.map((row) => ({
    row,
    counts: kept<number>(row.window, row.given ? placesLimit : peopleLimit),
  }));
  /** By person. */
  const unused = { hour: kept<number>("hour"), day: kept<number>("day") };
  const enrollments = createEnrollments(<Value extends number | string>() => kept<Value>("day"));
  const events = createEvents();
  let withoutUser = 0;

  const { countryLimits, countryBudget, hasAllowList } = settings;
  const named = new Set([...countryLimits.keys(), ...countryBudget.keys()]);
  const any = named.size > 0;
  named.delete("*");

  function givenFor({ country, allowed = true }: CodeFacts & Partial<GuardedCode>): GivenNumbers {
    const budget = countryBudget.get(country) ?? countryBudget.get("*");
    const unplanned = (hasAllowList || named.size > 0) && !allowed && !named.has(country);
    return { ...countryLimits.get("*"), ...countryLimits.get(country), budget, any, unplanned };
  }

  function limitsOf(code: CodeFacts & Partial<GuardedCode>, joined: boolean) {
    const given = givenFor(code);
    return limits.flatMap(({ row, counts }) => {
      const set = row.given?.(given);
      const [key, limit] = [keyOf[row.by](code, given), set ?? row.limit];
      if (key === undefined || limit === undefined || !isAmong(code, row.codes)) return [];
      if ((row.joined ?? joined) !== joined || (code.exempt && row.codes !== "all codes"))
        return [];
      // What nobody can give back, since Okta names no user, counts only in rows that no use gives
      // back; the others record it.
      const counted = row.givesBack === "nothing" || code.userKey !== undefined;
      const enforced = counted && (row.given === undefined || set !== undefined);
      return [{ row, counts, key, limit, counted, enforced, count: (counts.get(key) ?? 0) + 1 }];
    });
  }
  type Limit = ReturnType<typeof limitsOf>[number];

  function refusalBy(
    { row, counts, key, count, limit, enforced }: Limit,
    code: CodeFacts,
  ): Refusal {
    const repeated = enforced && row.suppressible && enrollments.refuse(code) === "repeated";
    const suppressible = repeated === true && events.arePrompt();
    const untilMs = clock + counts.getRemainingTTL(key);
    return { reason: row.reason, count, limit, untilMs, enforced, suppressible };
  }

  return {
    judge(code: GuardedCode, now: number): Judgment {
      clock = now;
      if (code.userKey === undefined) withoutUser += 1;
      if (code.kind === "enrollment") enrollments.begin(code);
      const joined = eventsAreJoined();
      const mine = limitsOf(code, joined);
      const dayPercent = fullestDay(mine);
      const over = code.exempt ? [] : mine.filter(({ count, limit }) => count > limit);
      const first = over.find(({ enforced }) => enforced) ?? over[0];
      const refused = first && refusalBy(first, code);
      // What a row that holds refuses counts nowhere, in record mode too, so that the record is
      // that of a guard that enforces. What only a recording row is against is sent, and counts in
      // all: a row that holds has to know of every code that went out.
      if (refused?.enforced) return { refused, dayPercent };
      const count = (points: 1 | -1): void => {
        for (const { counts, key, counted } of mine) if (counted) addTo(counts, key, points);
        if (code.userKey === undefined || code.exempt) return;
        if (joined)
          for (const window of [unused.hour, unused.day]) addTo(window, personOf(code), points);
        if (code.kind === "sign-in") events.asked(points);
      };
      count(1);
      const takeBack = (): void => {
        count(-1);
      };
      return { refused, takeBack, dayPercent };
    },
    /** To be called once for each code that somebody used. */
    used(code: UsedCode, now: number): void {
      clock = now;
      events.used(Math.max(0, now - code.publishedAt));
      const extra = code.kind === "enrollment" ? enrollments.complete(code) : 0;
      if (extra === undefined) return;
      for (const { row, counts, key, limit } of limitsOf(code, true)) {
        if (row.givesBack === "nothing") continue;
        // Another instance may have counted it.
        const back = Math.max(code.counted ? 1 : 0, unused[row.window].get(personOf(code)) ?? 0);
        addTo(counts, key, -back - (row.givesBack === "unfinished" ? extra : 0), -limit);
      }
      for (const window of [unused.hour, unused.day]) window.delete(personOf(code));
    },
    eventsArePrompt: events.arePrompt,
    /** How many codes were judged for which Okta named no user. */
    codesWithoutUser: () => withoutUser,
  };
}

function fullestDay(
  limits: readonly { row: Row; count: number; limit: number; enforced: boolean }[],
) {
  const days = limits.filter(
    ({ row, enforced }) => enforced && row.by.startsWith("country") && row.window === "day",
  );
  const percents = days.map(({ count, limit }) => Math.round((100 * count) / limit));
  return percents.length === 0 ? undefined : Math.max(...percents);
}

/** Whose codes they are: a user's of a kind, and of enrollments those of one number. */
function personOf({ kind, userKey = "", phoneKey }: CodeFacts): string {
  return kind === "enrollment" ? `${kind} ${userKey} ${phoneKey}` : `${kind} ${userKey}`;
}
