/**
 * What is loaded with its first use: to load an SDK blocks the worker for a moment. What loading throws is the rejection of
 * that use, and the next one tries again.
 */
export function loadedLate<T>(load: () => T): () => Promise<T> {
  let loaded: T | undefined;
  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection
  return async () => (loaded ??= load());
}
