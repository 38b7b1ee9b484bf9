import type { GuardReason } from "../delivery/reasons.ts";
import { addTo, byKey, createEnrollments, dayOf, endOfDay } from "./counts.ts";
import { createEvents } from "./events.ts";
import type { CodeFacts, GuardedCode, GuardSettings, UsedCode } from "./guarded-code.ts";
import { createPlaces } from "./places.ts";
import { rows } from "./rows.ts";

export type Guard = ReturnType<typeof createGuard>;

/** If a row of unused codes is full, people with fewer unused codes than this still get codes. */
const fewUnused = 3;

interface Judgment {
  /** The limit that the code exceeds. */
  readonly refused?: Refusal | undefined;
  /** Subtracts the code from the counts. Undefined if the code was not counted. */
  readonly subtract?: (() => void) | undefined;
  /** How full the country's fullest enforced limit is, in percent. */
  readonly dayPercent: number | undefined;
}

export interface Refusal {
  readonly reason: GuardReason;
  /** The refusal is repeated, and strong evidence of toll fraud. The answer may be SUCCESSFUL. */
  readonly suppressible: boolean;
  /** Includes this code. */
  readonly count: number;
  readonly limit: number;
  readonly untilMs: number;
  /** False if the row only records. Then the code is sent in every mode. */
  readonly enforced: boolean;
}

/** Counts of one day of UTC. */
function createDay(at: number) {
  const day = dayOf(at);
  /**
   * Each row has its own counts. In shared counts, the keys of people would evict those of
   * countries.
   */
  const limits = rows.map((row) => ({ row, counts: byKey<number>() }));
  /** Unused codes by person. */
  const unused = byKey<number>();
  return { day, limits, unused, enrollments: createEnrollments() };
}

/**
 * Times are in milliseconds since 1970.
 * @param eventsAreJoined Whether the app has an event secret and a table of sent codes.
 */
export function createGuard(settings: GuardSettings, eventsAreJoined: () => boolean) {
  let clock = 0;
  let today = createDay(clock);
  const events = createEvents();
  const placeOf = createPlaces(settings);
  let withoutUser = 0;

  /** Whether a code that looks unused really is unused. */
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
    return today.limits.flatMap(({ row, counts }) => {
      if (!judges[row.givesBack] || !row.isAmong(code, matched)) return [];
      if (code.exempt && row.codes !== "all codes") return [];
      const given = row.needs && place.given[row.needs];
      const most = (row.by.startsWith("country") ? given : undefined) ?? row.limit;
      const key = row.keyOf(code, place, unplanned);
      if (key === undefined || most === undefined) return [];
      // A new user enrolls one number. An attacker's account enrolls many.
      const isSecond = row.givesBack === "unfinished" && today.enrollments.hasSeveral(code);
      const limit = isSecond ? Math.ceil(most / 2) : most;
      // If Okta names no user, the code cannot be matched when it is used. A row that subtracts
      // used codes therefore only records the code.
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

  function fullestDay(limits: readonly Limit[]): number | undefined {
    const days = limits.filter(({ row, enforced }) => enforced && row.by.startsWith("country"));
    const percents = days.map(({ count, limit }) => Math.round((100 * count) / limit));
    return percents.length === 0 ? undefined : Math.max(...percents);
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
      // A refused code does not count, in record mode either: that mode shows what `enforce` would
      // do. If only recording rows are exceeded, the code is sent and counts in every row.
      if (refused?.enforced) return { refused, dayPercent };
      const { unused } = today;
      const person = userKey !== undefined && !code.exempt;
      const countsUnused = person && (code.kind === "enrollment" ? eventsAreJoined() : seesUses());
      for (const { counts, key, counted, count } of mine) if (counted) counts.set(key, count);
      if (countsUnused) addTo(unused, personOf(code), 1);
      const isAwaited = person && code.kind === "sign-in";
      if (isAwaited) events.sent(userKey, now);
      const subtract = (): void => {
        for (const { counts, key, counted } of mine) if (counted) addTo(counts, key, -1);
        if (countsUnused) addTo(unused, personOf(code), -1);
        if (isAwaited) events.notSent(userKey);
      };
      return { refused, subtract, dayPercent };
    },
    /** Called once for each used code. */
    used(code: UsedCode, now: number): void {
      startAt(now);
      events.used(Math.max(0, now - code.publishedAt), now);
      const extra = code.kind === "enrollment" ? today.enrollments.complete(code) : 0;
      if (extra === undefined) return;
      for (const { row, counts, key, limit } of limitsOf(code)) {
        if (row.givesBack === "nothing") continue;
        // Another instance may have counted the code.
        const back = Math.max(code.counted ? 1 : 0, today.unused.get(personOf(code)) ?? 0);
        addTo(counts, key, -back - (row.givesBack === "unfinished" ? extra : 0), -limit);
      }
      today.unused.delete(personOf(code));
    },
    /**
     * False if used codes look unused. Undefined if that is not known yet, or if no events are
     * used.
     */
    eventsOnTime: (now: number) => (eventsAreJoined() ? events.onTime(now) : undefined),
    /** How many judged codes had no Okta user. */
    codesWithoutUser: () => withoutUser,
  };
}

/** The key for unused codes: user and kind, and for enrollments the number too. */
function personOf({ kind, userKey = "", phoneKey }: CodeFacts): string {
  return kind === "enrollment" ? `${kind} ${userKey} ${phoneKey}` : `${kind} ${userKey}`;
}
