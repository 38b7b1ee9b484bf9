/**
 * Longest wait for the next window of Okta's rate limit. A window lasts a minute:
 * https://developer.okta.com/docs/reference/rl-best-practices/
 */
export const defaultWaitLimitMs = 70_000;

/** Returns the milliseconds until the next window, by Okta's clock. */
export function untilReset(headers: Headers): number {
  const reset = Number(headers.get("x-rate-limit-reset")) * 1000;
  const now = Date.parse(headers.get("date") ?? "") || Date.now();
  return Number.isFinite(reset) && reset > 0 ? Math.max(1_000, reset - now + 1_000) : 60_000;
}

/** Returns the number of calls left in the window, or undefined if Okta sends no number. */
export function remainingCalls(headers: Headers): number | undefined {
  const remaining = headers.get("x-rate-limit-remaining");
  return remaining !== null && /^\d+$/.test(remaining) ? Number(remaining) : undefined;
}
