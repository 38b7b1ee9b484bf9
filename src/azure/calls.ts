/**
 * The SDKs' defaults retry for seconds, which is too long: a request waits for the call, or the
 * next call comes soon.
 */
export const retryOptions = { maxRetries: 1, retryDelayInMs: 100, maxRetryDelayInMs: 200 };

export function statusOf(error: unknown): number | undefined {
  return (error as { statusCode?: number }).statusCode;
}
