/** The SDKs' defaults retry for seconds. Behind our calls somebody waits, or the next one comes soon. */
export const retryOptions = { maxRetries: 1, retryDelayInMs: 100, maxRetryDelayInMs: 200 };

export function statusOf(error: unknown): number | undefined {
  return (error as { statusCode?: number }).statusCode;
}
