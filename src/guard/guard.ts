import type { GuardReason } from "../rules/reasons.ts";
import { createCountries } from "./countries.ts";
import { addTo, byKey, createEnrollments, dayOf, endOfDay } from "./counts.ts";
import { createEvents } from "./events.ts";
import type { CodeFacts, GuardedCode, GuardSettings, UsedCode } from "./guarded-code.ts";
import { rows } from "./rows.ts";

export type Guard = ReturnType<typeof createGuard>;

/** A full limit of unused codes refuses only people with at least this many unused codes. */
const fewUnused = 3;

interface Judgment {
  /** The limit that the code exceeds. */
  readonly refused?: Refusal | undefined;
  /** Subtracts the code from the counts. Undefined if the code was not counted. */
  readonly subtract?: () => void;
  /** How full the country's fullest enforced limit is, in percent. */
  readonly dayPercent: number | undefined;
}

interface Refusal {
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
  return {
    day: dayOf(at),
    /**
     * Each row has its own counts. In shared counts, the keys of people would evict those of
     * countries.
     */
    counted: rows.map((row) => ({ row, counts: byKey<number>() })),
    /** Unused codes by person. */
    unused: byKey<number>(),
    enrollments: createEnrollments(),
  };
}

/**
 * Times are in milliseconds since 1970.
 * @param eventsAreJoined Whether the app has an event secret and a table of sent codes.
 */
export function createGuard(settings: GuardSettings, eventsAreJoined: () => boolean) {
  let clock = 0;
  let today = createDay(clock);
  const events = createEvents();
  const countryOf = createCountries(settings);
  let withoutUser = 0;

  /** Whether a code that looks unused really is unused. */
  const seesUses = () => eventsAreJoined() && events.onTime(clock) !== false;

  function startAt(now: number): void {
    clock = now;
    if (dayOf(now) !== today.day) today = createDay(now);
  }

  /** The limits that a code counts in, each with its count after this code. */
  function limitsOf(given: CodeFacts & Partial<GuardedCode>) {
    const { country, limits, uncertain, unnamed } = countryOf(given);
    const isEnrollment = given.kind === "enrollment";
    const unplanned = (uncertain && isEnrollment) || (unnamed && given.allowed === false);
    const code = { ...given, country, unplanned, matched: eventsAreJoined() };
    // Without events about used codes, codes look unused.
    const judges = { nothing: true, unfinished: code.matched, unused: seesUses() };
    return today.counted.flatMap(({ row, counts }) => {
      if (!judges[row.subtracts] || !row.isAmong(code)) return [];
      if (code.exempt && row.codes !== "all codes") return [];
      const set = row.needs && limits[row.needs];
      const most = (row.isOfCountry ? set : undefined) ?? row.limit;
      const key = row.keyOf(code);
      if (key === undefined || most === undefined) return [];
      // A new user enrolls one number. An attacker's account enrolls many.
      const isSecond = row.subtracts === "unfinished" && today.enrollments.hasSeveral(code);
      const limit = isSecond ? Math.ceil(most / 2) : most;
      // If Okta names no user, the code cannot be matched when it is used. A row that subtracts
      // used codes therefore does not count the code.
      const counted = row.subtracts === "nothing" || code.userKey !== undefined;
      const enforced = counted && (row.needs === undefined || set !== undefined);
      return [{ row, counts, key, limit, counted, enforced, count: (counts.get(key) ?? 0) + 1 }];
    });
  }
  type Limit = ReturnType<typeof limitsOf>[number];

  function isExceeded({ row, count, limit }: Limit, code: CodeFacts): boolean {
    const isSpared =
      row.subtracts === "unused" && (today.unused.get(personOf(code)) ?? 0) < fewUnused;
    return count > limit && !isSpared;
  }

  function fullestDay(limits: readonly Limit[]): number | undefined {
    const days = limits.filter(({ row, enforced }) => enforced && row.isOfCountry);
    const percents = days.map(({ count, limit }) => Math.round((100 * count) / limit));
    return percents.length === 0 ? undefined : Math.max(...percents);
  }

  function refusalBy({ row, count, limit, enforced }: Limit, code: CodeFacts): Refusal {
    const repeated = enforced && row.suppressible && today.enrollments.refuse(code) === "repeated";
    const suppressible = repeated && eventsAreJoined() && events.onTime(clock) === true;
    return { reason: row.reason, count, limit, untilMs: endOfDay(clock), enforced, suppressible };
  }

  /** Counts a code that may be sent. Returns a function that subtracts it again. */
  function count(code: GuardedCode, limits: readonly Limit[]): () => void {
    const { kind, userKey, exempt } = code;
    const { unused } = today;
    const person = exempt ? undefined : userKey;
    const looksUnused = kind === "enrollment" ? eventsAreJoined() : seesUses();
    const awaited = kind === "sign-in" ? person : undefined;
    const add = (points: 1 | -1): void => {
      for (const { counts, key, counted } of limits) if (counted) addTo(counts, key, points);
      if (person !== undefined && looksUnused) addTo(unused, personOf(code), points);
    };
    add(1);
    if (awaited !== undefined) events.sent(awaited, clock);
    return () => {
      add(-1);
      if (awaited !== undefined) events.notSent(awaited);
    };
  }

  return {
    judge(code: GuardedCode, now: number): Judgment {
      startAt(now);
      if (code.userKey === undefined) withoutUser += 1;
      if (code.kind === "enrollment") today.enrollments.begin(code);
      const limits = limitsOf(code);
      const dayPercent = fullestDay(limits);
      const exceeded = code.exempt ? [] : limits.filter((limit) => isExceeded(limit, code));
      const first = exceeded.find(({ enforced }) => enforced) ?? exceeded[0];
      const refused = first && refusalBy(first, code);
      // A refused code does not count. In record mode it does not count either, because that mode
      // shows what `enforce` would do. If only recording rows are exceeded, the code is sent and
      // counts in every row.
      if (refused?.enforced) return { refused, dayPercent };
      return { refused, dayPercent, subtract: count(code, limits) };
    },
    used(code: UsedCode, now: number): void {
      startAt(now);
      events.used(Math.max(0, now - code.publishedAt), now);
      const extra = code.kind === "enrollment" ? today.enrollments.complete(code) : 0;
      if (extra === undefined) return;
      const person = personOf(code);
      // Another instance may have counted the code.
      const unused = Math.max(code.counted ? 1 : 0, today.unused.get(person) ?? 0);
      for (const { row, counts, key, limit } of limitsOf(code)) {
        if (row.subtracts === "unused") addTo(counts, key, -unused, -limit);
        if (row.subtracts === "unfinished") addTo(counts, key, -unused - extra, -limit);
      }
      today.unused.delete(person);
    },
    /**
     * Whether Okta's events are on time. If not, used codes look unused. Undefined if that is not
     * known yet, or if the app does not match events to codes.
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
