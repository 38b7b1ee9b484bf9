/** By default, the SDKs retry for seconds, which is too long for calls that requests wait for. */
export const retryOptions = { maxRetries: 1, retryDelayInMs: 100, maxRetryDelayInMs: 200 };

export function statusOf(error: unknown): number | undefined {
  return (error as { statusCode?: number }).statusCode;
}
