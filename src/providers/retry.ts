import type { Reply } from "./client.ts";

/** A retry needs at least this much of the remaining time. */
const retryNeedsMs = 200;
const pauseAfterFailureMs = 50;

/**
 * Milliseconds to wait before the one retry. Undefined if the provider may have accepted the first
 * attempt, or if too little time is left. `keyForRetry` handles a 401, which needs another key.
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

/** The header holds seconds or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000;
  // Date.parse accepts more than HTTP dates. For example, Date.parse reads "-1" as the year 2001.
  const at = /^\s*[A-Z][a-z]{2,8}, /.test(header) ? Date.parse(header) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
