import { LRUCache } from "lru-cache";

const manyUsers = 31;
const silenceMs = 90 * 60_000;
const meanLagLimitMs = 10 * 60_000;
/** The mean delay of events covers about this many used codes. */
const usesInMean = 20;

/** Observes whether Okta's events arrive on time. If not, enrollments look unfinished. */
export function createEvents() {
  let meanLagMs: number | undefined;
  /** Okta's last report of a used code. Before any report, the first code. */
  let silentSince: number | undefined;
  /** At most 31 users who got a sign-in code since `silentSince`. */
  const users = new Set<string>();
  /** Last used code of each user. */
  const uses = new LRUCache<string, number>({ max: manyUsers });
  /** Whether many users used codes in the 90 minutes before Okta's last report. */
  let wasBusy = false;

  const isQuiet = (now: number) =>
    users.size >= manyUsers && now - (silentSince ?? now) >= silenceMs;
  return {
    sent(userId: string, now: number): void {
      silentSince ??= now;
      if (users.size < manyUsers) users.add(userId);
    },
    used(userId: string, lagMs: number, now: number): void {
      meanLagMs = meanLagMs === undefined ? lagMs : meanLagMs + (lagMs - meanLagMs) / usesInMean;
      silentSince = now;
      users.clear();
      const [oldest = 0] = uses.set(userId, now).rvalues();
      wasBusy = uses.size >= manyUsers && now - oldest < silenceMs;
    },
    /**
     * False if Okta has been silent for too long. Otherwise, undefined before the first used code.
     */
    onTime(now: number): boolean | undefined {
      if (isQuiet(now)) return false;
      return meanLagMs === undefined ? undefined : meanLagMs <= meanLagLimitMs;
    },
    /** An outage. A few attackers at night, when no user uses a code, must not look like one. */
    isSilent: (now: number) => wasBusy && isQuiet(now),
  };
}
