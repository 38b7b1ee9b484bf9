/** By default the SDKs retry for seconds. Requests wait for these calls, or the next call is soon. */
export const retryOptions = { maxRetries: 1, retryDelayInMs: 100, maxRetryDelayInMs: 200 };

export function statusOf(error: unknown): number | undefined {
  return (error as { statusCode?: number }).statusCode;
}
