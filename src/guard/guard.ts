import type { GuardRefusal } from "../delivery/outcome.ts";
import { addTo, byKey, dayOf, endOfDay } from "./counts.ts";
import { createEnrollments } from "./enrollments.ts";
import { createEvents } from "./events.ts";
import type { CodeFacts, GuardedCode, GuardSettings, UsedCode } from "./guarded-code.ts";
import { createPlaces } from "./places.ts";
import { among, fewUnused, keyOf, rows, type Row } from "./rows.ts";

export type Guard = ReturnType<typeof createGuard>;

export interface Judgment {
  /** The row that the code exceeds. */
  readonly refused?: Refusal | undefined;
  /** To be called where 8x8 did not take the code. Undefined where it was not counted. */
  readonly takeBack?: (() => void) | undefined;
  /** How much of the country's fullest day is used up, of those with a number of the operator's. */
  readonly dayPercent: number | undefined;
}

export interface Refusal extends GuardRefusal {
  /** With this code. */
  readonly count: number;
  readonly limit: number;
  readonly untilMs: number;
  /** False where the row only records: then the code is sent, whatever the mode. */
  readonly enforced: boolean;
}

/** Counts of one day of UTC. */
function createDay(at: number) {
  const day = dayOf(at);
  /** Each row has its own: otherwise people would evict a country. */
  const limits = rows.map((row) => ({ row, counts: byKey<number>() }));
  /** By person. */
  const unused = byKey<number>();
  return { day, limits, unused, enrollments: createEnrollments() };
}

/**
 * Times are in milliseconds since 1970.
 * @param eventsAreJoined Whether there are an event secret and a table of sent codes.
 */
export function createGuard(settings: GuardSettings, eventsAreJoined: () => boolean) {
  let clock = 0;
  let today = createDay(clock);
  const events = createEvents();
  const placeOf = createPlaces(settings);
  let withoutUser = 0;

  /** Whether a code that looks unused is unused. */
  const seesUses = () => eventsAreJoined() && events.onTime(clock) !== false;

  function startAt(now: number): void {
    clock = now;
    if (dayOf(now) !== today.day) today = createDay(now);
  }

  function limitsOf(code: CodeFacts & Partial<GuardedCode>) {
    const place = placeOf(code);
    const matched = eventsAreJoined();
    const judges = { nothing: true, unfinished: matched, unused: seesUses() };
    const isUncertain = place.uncertain && code.kind === "enrollment";
    const unplanned = isUncertain || (place.unnamed && !(code.allowed ?? true));
    // A newcomer has one number, and an attacker's account has many.
    const isSecond = code.kind === "enrollment" && today.enrollments.hasSeveral(code);
    return today.limits.flatMap(({ row, counts }) => {
      if (!judges[row.givesBack] || !among[row.codes](code, matched)) return [];
      if (code.exempt && row.codes !== "all codes") return [];
      const given = row.needs && place.given[row.needs];
      const most = (row.by.startsWith("country") ? given : undefined) ?? row.limit;
      const key = keyOf[row.by](code, place, unplanned);
      if (key === undefined || most === undefined) return [];
      const limit = isSecond && row.givesBack === "unfinished" ? Math.ceil(most / 2) : most;
      // Without an Okta user no use can be matched, so rows that a use gives back only record the
      // code, and do not count it.
      const counted = row.givesBack === "nothing" || code.userKey !== undefined;
      const enforced = counted && (row.needs === undefined || given !== undefined);
      return [{ row, counts, key, limit, counted, enforced, count: (counts.get(key) ?? 0) + 1 }];
    });
  }
  type Limit = ReturnType<typeof limitsOf>[number];

  function isOver({ row, count, limit }: Limit, code: CodeFacts): boolean {
    const isSpared =
      row.givesBack === "unused" && (today.unused.get(personOf(code)) ?? 0) < fewUnused;
    return count > limit && !isSpared;
  }

  function refusalBy({ row, count, limit, enforced }: Limit, code: CodeFacts): Refusal {
    const repeated = enforced && row.suppressible && today.enrollments.refuse(code) === "repeated";
    const suppressible = repeated && eventsAreJoined() && events.onTime(clock) === true;
    return { reason: row.reason, count, limit, untilMs: endOfDay(clock), enforced, suppressible };
  }

  return {
    judge(code: GuardedCode, now: number): Judgment {
      startAt(now);
      const { userKey } = code;
      if (userKey === undefined) withoutUser += 1;
      if (code.kind === "enrollment") today.enrollments.begin(code);
      const mine = limitsOf(code);
      const dayPercent = fullestDay(mine);
      const over = code.exempt ? [] : mine.filter((limit) => isOver(limit, code));
      const first = over.find(({ enforced }) => enforced) ?? over[0];
      const refused = first && refusalBy(first, code);
      // What a row that holds refuses counts nowhere, in record mode too, so that the record is
      // that of a guard that enforces. What only a recording row is against is sent, and counts in
      // all: a row that holds has to know of every code that went out.
      if (refused?.enforced) return { refused, dayPercent };
      const { unused } = today;
      const person = userKey !== undefined && !code.exempt;
      const countsUnused = person && (code.kind === "enrollment" ? eventsAreJoined() : seesUses());
      for (const { counts, key, counted, count } of mine) if (counted) counts.set(key, count);
      if (countsUnused) addTo(unused, personOf(code), 1);
      const isAwaited = person && code.kind === "sign-in";
      if (isAwaited) events.sent(userKey, now);
      const takeBack = (): void => {
        for (const { counts, key, counted } of mine) if (counted) addTo(counts, key, -1);
        if (countsUnused) addTo(unused, personOf(code), -1);
        if (isAwaited) events.notSent(userKey);
      };
      return { refused, takeBack, dayPercent };
    },
    /** To be called once for each code that was used. */
    used(code: UsedCode, now: number): void {
      startAt(now);
      events.used(Math.max(0, now - code.publishedAt), now);
      const extra = code.kind === "enrollment" ? today.enrollments.complete(code) : 0;
      if (extra === undefined) return;
      for (const { row, counts, key, limit } of limitsOf(code)) {
        if (row.givesBack === "nothing") continue;
        // Another instance may have counted it.
        const back = Math.max(code.counted ? 1 : 0, today.unused.get(personOf(code)) ?? 0);
        addTo(counts, key, -back - (row.givesBack === "unfinished" ? extra : 0), -limit);
      }
      today.unused.delete(personOf(code));
    },
    /** False: used codes look unused. Undefined: no use has arrived, or there is no event secret. */
    eventsOnTime: (now: number) => (eventsAreJoined() ? events.onTime(now) : undefined),
    /** How many codes were judged for which Okta named no user. */
    codesWithoutUser: () => withoutUser,
  };
}

function fullestDay(
  limits: readonly { row: Row; count: number; limit: number; enforced: boolean }[],
) {
  const days = limits.filter(({ row, enforced }) => enforced && row.by.startsWith("country"));
  const percents = days.map(({ count, limit }) => Math.round((100 * count) / limit));
  return percents.length === 0 ? undefined : Math.max(...percents);
}

/** Whose codes they are: a user's of a kind, and of enrollments those of one number. */
function personOf({ kind, userKey = "", phoneKey }: CodeFacts): string {
  return kind === "enrollment" ? `${kind} ${userKey} ${phoneKey}` : `${kind} ${userKey}`;
}
