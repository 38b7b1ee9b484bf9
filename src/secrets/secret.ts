import { within, type Deadline } from "../deadline.ts";

/** A secret's accepted values, newest first. */
export type Versions = readonly string[];

/** One secret, kept fresh behind the requests that use it. None of these ever rejects. */
export interface Secret {
  readonly name: string;
  /** The last good values; stale ones while a refresh runs. Empty until the first read is done. */
  current(): Versions;
  /** Waits for the first read. */
  get(deadline: Deadline): Promise<Versions>;
  /** Waits for one read, for when a value turned out to be unknown; at most one in `reloadCooldownMs` for all requests. */
  reload(deadline: Deadline): Promise<Versions>;
}

const freshForMs = 5 * 60_000;
/** So that the hook that found the values stale is answered first: the first one after minutes of silence. */
const refreshDelayMs = 200;
const reloadCooldownMs = 10_000;
/** The read is bounded here too, since the identity call behind it cannot be aborted. */
const readTimeoutMs = 10_000;
const firstRetryMs = 2_000;
const retryLimitMs = 60_000;

/**
 * Reads at once, unawaited. A failed read keeps the last good values and is tried again after 2 s, then slower.
 * @param warn is told the secret's name and the kind of error, never its message.
 */
export function createSecret(name: string, read: () => Promise<Versions>, warn: (message: string) => void): Secret {
  let versions: Versions = [];
  let readAt = -Infinity;
  let reloadedAt = -Infinity;
  let running: Promise<void> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let retryMs = firstRetryMs;
  const first = Promise.withResolvers<undefined>();

  function refresh(): Promise<void> {
    clearTimeout(retry);
    retry = undefined;
    return (running ??= bounded(read()).then(keep, failed));
  }

  function keep(values: Versions): void {
    running = undefined;
    versions = values;
    readAt = performance.now();
    first.resolve(undefined);
    if (values.length === 0) tryAgain();
    else retryMs = firstRetryMs;
  }

  function failed(error: unknown): void {
    running = undefined;
    warn(`${name} could not be read (${kindOf(error)}); trying again in ${retryMs / 1000} s`);
    tryAgain();
  }

  function refreshIn(milliseconds: number): void {
    retry = setTimeout(() => void refresh(), milliseconds).unref();
  }

  function tryAgain(): void {
    refreshIn(retryMs);
    retryMs = Math.min(retryMs * 2, retryLimitMs);
  }

  function current(): Versions {
    const stale = performance.now() - readAt > freshForMs;
    if (stale && running === undefined && retry === undefined) refreshIn(refreshDelayMs);
    return versions;
  }

  void refresh();
  return {
    name,
    current,
    async get(deadline) {
      if (current().length === 0) await within(first.promise, deadline);
      return versions;
    },
    async reload(deadline) {
      const cold = performance.now() - reloadedAt > reloadCooldownMs;
      if (cold) reloadedAt = performance.now();
      if (cold || running) await within(refresh(), deadline);
      return versions;
    },
  };
}

/** A value that is known from the start, as on a laptop. */
export function knownSecret(name: string, value: string): Secret {
  const versions = [value];
  const get = () => Promise.resolve(versions);
  return { name, current: () => versions, get, reload: get };
}

function bounded<T>(reading: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(Object.assign(new Error(), { code: "timeout" }));
    }, readTimeoutMs).unref();
    reading.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}

/** A name for the log: messages can hold anything. */
function kindOf(error: unknown): string {
  const { statusCode, code, name } = (error ?? {}) as Record<string, unknown>;
  return String(statusCode ?? code ?? name);
}
