const lagLimitMs = 90_000;
const codesWithoutUse = 20;
/** The mean follows the last uses, about so many. */
const usesInMean = 20;

/**
 * Whether Okta's events come promptly, so that an enrollment that looks unfinished most likely is.
 */
export function createEvents() {
  let meanLagMs: number | undefined;
  let askedSinceUse = 0;
  return {
    /** A sign-in code was let through, or, with -1, taken back. */
    asked(codes: 1 | -1): void {
      askedSinceUse += codes;
    },
    used(lagMs: number): void {
      meanLagMs = meanLagMs === undefined ? lagMs : meanLagMs + (lagMs - meanLagMs) / usesInMean;
      askedSinceUse = 0;
    },
    arePrompt: (): boolean =>
      meanLagMs !== undefined && meanLagMs <= lagLimitMs && askedSinceUse <= codesWithoutUse,
  };
}
