import { failure, type Answer } from "./answers.ts";

export interface RateLimit {
  /** Beginning of the paths whose calls the limit counts. */
  readonly path: string;
  readonly calls: number;
  readonly windowSeconds: number;
}

interface Counted {
  readonly headers: Readonly<Record<string, string>>;
  /** The answer 429, if the window has no calls left. */
  readonly refusal: Answer | undefined;
}

/**
 * Counts calls. A window begins with its first call, and each answer reports the calls that are
 * left: https://developer.okta.com/docs/reference/rl-best-practices/
 */
export function createRateLimits(limit: RateLimit | undefined): (path: string) => Counted {
  let endsAt = 0;
  let left = 0;
  return (path) => {
    const now = Math.floor(Date.now() / 1000);
    if (limit === undefined || !path.startsWith(limit.path))
      return { headers: headers(600, 599, now + 1), refusal: undefined };
    if (now >= endsAt) [endsAt, left] = [now + limit.windowSeconds, limit.calls];
    const refusal = left === 0 ? failure("E0000047") : undefined;
    left = Math.max(0, left - 1);
    return { headers: headers(limit.calls, left, endsAt), refusal };
  };
}

function headers(limit: number, remaining: number, reset: number): Record<string, string> {
  return {
    "x-rate-limit-limit": String(limit),
    "x-rate-limit-remaining": String(remaining),
    "x-rate-limit-reset": String(reset),
  };
}
