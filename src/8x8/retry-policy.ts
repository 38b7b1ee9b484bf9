import type { Reply } from "./client.ts";

/** A retry is made only if this much of the budget is left for it. */
const retryNeedsMs = 200;
const pauseAfterFailureMs = 50;

/**
 * How many milliseconds to wait before the one retry, or undefined where there is none: 8x8 may have accepted the first,
 * or there is no time. A 401 is not handled here: it is retried only with another key.
 */
export function retryDelayMs(reply: Reply, remainingMs: number, now: number): number | undefined {
  const wait = waitFor(reply, now);
  return wait !== undefined && wait + retryNeedsMs <= remainingMs ? wait : undefined;
}

function waitFor(reply: Reply, now: number): number | undefined {
  if (reply.kind === "unsent") return pauseAfterFailureMs;
  if (reply.kind === "unanswered") return undefined;
  const retryAfter = parseRetryAfter(reply.retryAfter, now);
  if (reply.status === 429) return retryAfter;
  if (reply.status === 503) return retryAfter ?? pauseAfterFailureMs;
  return undefined;
}

/** Seconds or a date, in milliseconds from now: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000;
  // JavaScript reads much more as a date than HTTP does: "-1" is the year 2001.
  const at = /^\s*[A-Z][a-z]{2,8}, /.test(header) ? Date.parse(header) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
