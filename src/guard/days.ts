/** Verified codes by country, of one day, as one instance counted them. */
export type CountryCounts = Readonly<Record<string, number>>;

export interface Days {
  add(country: string, now: number): void;
  /** The best of the days before this one, over all instances. */
  best(country: string, now: number): number;
  /** Own counts, of all days that are kept. */
  own(): readonly { readonly day: string; readonly counts: CountryCounts }[];
  /** Another instance's; it takes the place of what that one told before. */
  merge(source: string, day: string, counts: CountryCounts): void;
}

const dayMs = 86_400_000;
const daysKept = 14;

/** As Azure's tables and people read it: `2026-11-25`. */
export function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

export function createDays(): Days {
  const own = "";
  /** By day, then by instance. */
  const days = new Map<string, Map<string, CountryCounts>>();
  let best = new Map<string, number>();
  let bestFor: string | undefined;

  function sourcesOf(day: string): Map<string, CountryCounts> {
    const sources = days.get(day) ?? new Map<string, CountryCounts>();
    days.set(day, sources);
    return sources;
  }

  function findBest(today: string, oldest: string): void {
    best = new Map();
    bestFor = today;
    for (const [day, sources] of days) {
      if (day < oldest) days.delete(day);
      if (day < oldest || day >= today) continue;
      const sums = new Map<string, number>();
      for (const [country, count] of [...sources.values()].flatMap((counts) => Object.entries(counts)))
        sums.set(country, (sums.get(country) ?? 0) + count);
      for (const [country, sum] of sums) best.set(country, Math.max(best.get(country) ?? 0, sum));
    }
  }

  return {
    add(country, now) {
      const sources = sourcesOf(dayOf(now));
      const counts = sources.get(own) ?? {};
      sources.set(own, { ...counts, [country]: (counts[country] ?? 0) + 1 });
    },
    best(country, now) {
      const today = dayOf(now);
      if (bestFor !== today) findBest(today, dayOf(now - daysKept * dayMs));
      return best.get(country) ?? 0;
    },
    own: () =>
      [...days].flatMap(([day, sources]) => {
        const counts = sources.get(own);
        return counts === undefined ? [] : [{ day, counts }];
      }),
    merge(source, day, counts) {
      sourcesOf(day).set(source, counts);
      bestFor = undefined;
    },
  };
}
