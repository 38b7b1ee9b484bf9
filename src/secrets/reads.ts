import { bounded } from "../timing/bounded.ts";
import type { Versions } from "./version.ts";

/** When one secret is read: at once, again by itself, and for those who ask. None of these ever rejects. */
export interface Reads {
  /** Since the last good read one has failed, or has taken longer than `slowAfterMs`. */
  readonly troubled: boolean;
  /** Starts one where one is due: timers are late in a process that was stopped for a while. */
  startIfDue(): void;
  /** Waits for a read that starts after this call; all who ask share it. Whether it went well. */
  next(): Promise<boolean>;
  /** Waits for the read that is running, else for the next. */
  joined(): Promise<boolean>;
  /** Waits for the same, until it is done or has become slow. */
  joinedWhileQuick(): Promise<unknown>;
}

export interface ReadSource {
  /** It may be absent: then that is an answer as good as any, and the first read lets those go first that may not. */
  readonly optional: boolean;
  readonly read: (signal: AbortSignal) => Promise<Versions>;
  /** Gets what a read brought, and when that read started. */
  readonly keep: (versions: Versions, startedAt: number) => void;
  readonly failed: (error: unknown) => void;
}

const freshForMs = 5 * 60_000;
const firstRetryMs = 2_000;
const retryLimitMs = 60_000;
/** Whoever asks, and however many: strangers can ask too. */
const readIntervalMs = 1_000;
const readTimeoutMs = 10_000;
const slowAfterMs = 1_000;
const optionalReadDelayMs = 5_000;

export function createReads({ optional, read, keep, failed }: ReadSource): Reads {
  let running: { readonly done: Promise<boolean>; readonly quick: Promise<unknown> } | undefined;
  let queued: Promise<boolean> | undefined;
  let startedAt = -Infinity;
  let goodReadStartedAt = -Infinity;
  let troubled = false;
  let dueAt = Infinity;
  let timer: NodeJS.Timeout | undefined;
  let retryMs = firstRetryMs;

  function start(): Promise<boolean> {
    const at = performance.now();
    startedAt = at;
    queued = undefined;
    stopTimer();
    const slow = Promise.withResolvers<undefined>();
    const slowTimer = setTimeout(() => {
      troubled = true;
      slow.resolve(undefined);
    }, slowAfterMs).unref();
    const done = bounded(read, readTimeoutMs, "timed out")
      .then((versions) => {
        succeed(versions, at);
      })
      .then(
        () => true,
        (error: unknown) => {
          fail(error, at);
          return false;
        },
      )
      .finally(() => {
        clearTimeout(slowTimer);
        if (running?.done === done) running = undefined;
      });
    running = { done, quick: Promise.race([done, slow.promise]) };
    return done;
  }

  // Reads may overlap, so that one that hangs holds up no other. What an older one says then counts for nothing.
  function succeed(versions: Versions, at: number): void {
    if (at < goodReadStartedAt) return;
    goodReadStartedAt = at;
    troubled = false;
    if (versions.length > 0 || optional) {
      retryMs = firstRetryMs;
      startIn(freshForMs);
    } else startAgain();
    keep(versions, at);
  }

  function fail(error: unknown, at: number): void {
    if (at < goodReadStartedAt) return;
    troubled = true;
    startAgain();
    failed(error);
  }

  function startAgain(): void {
    startIn(retryMs);
    retryMs = Math.min(retryMs * 2, retryLimitMs);
  }

  function startIn(milliseconds: number): void {
    stopTimer();
    dueAt = performance.now() + milliseconds;
    timer = setTimeout(() => void next(), milliseconds).unref();
  }

  function stopTimer(): void {
    clearTimeout(timer);
    dueAt = Infinity;
  }

  function next(): Promise<boolean> {
    const waitMs = startedAt + readIntervalMs - performance.now();
    if (queued === undefined && waitMs <= 0) return start();
    return (queued ??= new Promise((resolve) => setTimeout(resolve, waitMs).unref()).then(start));
  }

  if (optional) startIn(optionalReadDelayMs);
  else void start();
  return {
    get troubled() {
      return troubled;
    },
    startIfDue() {
      if (performance.now() >= dueAt) void next();
    },
    next,
    joined: () => running?.done ?? next(),
    joinedWhileQuick() {
      if (running === undefined) void next();
      return running?.quick ?? Promise.resolve();
    },
  };
}
