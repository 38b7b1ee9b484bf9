/**
 * The longest wait for a new window of Okta's, which is a minute, in ms:
 * https://developer.okta.com/docs/reference/rl-best-practices/
 */
export const defaultPatienceMs = 70_000;

/** How long until there is a new window, in ms, by Okta's clock. */
export function untilReset(headers: Headers): number {
  const reset = Number(headers.get("x-rate-limit-reset")) * 1000;
  const now = Date.parse(headers.get("date") ?? "") || Date.now();
  return Number.isFinite(reset) && reset > 0 ? Math.max(1_000, reset - now + 1_000) : 60_000;
}

/** How many calls of this kind the window still has; undefined where Okta does not say. */
export function remainingCalls(headers: Headers): number | undefined {
  const remaining = headers.get("x-rate-limit-remaining");
  return remaining !== null && /^\d+$/.test(remaining) ? Number(remaining) : undefined;
}
