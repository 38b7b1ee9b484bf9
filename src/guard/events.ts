const usersWithoutUse = 30;
const silenceMs = 90 * 60_000;
const meanLagLimitMs = 10 * 60_000;
/** The mean delay of events covers about this many used codes. */
const usesInMean = 20;

/** Observes whether Okta's events arrive on time. If not, used codes look unused. */
export function createEvents() {
  let meanLagMs: number | undefined;
  /** Okta's last report of a used code. Before any report, the first code. */
  let silentSince: number | undefined;
  /** At most 31 users who got a sign-in code since `silentSince`. `onTime` needs no more. */
  const users = new Set<string>();
  return {
    sent(userKey: string, now: number): void {
      silentSince ??= now;
      if (users.size <= usersWithoutUse) users.add(userKey);
    },
    used(lagMs: number, now: number): void {
      meanLagMs = meanLagMs === undefined ? lagMs : meanLagMs + (lagMs - meanLagMs) / usesInMean;
      silentSince = now;
      users.clear();
    },
    /**
     * False if Okta has been silent for too long. Otherwise, undefined before the first used code.
     */
    onTime(now: number): boolean | undefined {
      const silent = users.size > usersWithoutUse && now - (silentSince ?? now) >= silenceMs;
      if (silent) return false;
      return meanLagMs === undefined ? undefined : meanLagMs <= meanLagLimitMs;
    },
  };
}
