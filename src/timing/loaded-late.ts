/**
 * Loads with the first use, because loading an SDK blocks the event loop. If loading throws, that
 * use rejects, and the next one tries again.
 */
export function loadedLate<T>(load: () => T): () => Promise<T> {
  let loaded: T | undefined;
  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection
  return async () => (loaded ??= load());
}
