import { bounded, createWaitLimit, sleep } from "../timing/clock.ts";
import { createFailureWarning } from "../timing/background.ts";
import {
  type RefreshedValue,
  type RefreshSettings,
  createVersionWarning,
  hasSpare,
  liveValues,
  type Versions,
} from "./refreshed-value.ts";

const freshForMs = 5 * 60_000;
const firstRetryMs = 2_000;
const retryLimitMs = 60_000;
const readIntervalMs = 1_000;
/** Anyone can cause a read by sending a wrong value. Each read costs calls to the vault. */
const reloadPauseMs = 10_000;
const readTimeoutMs = 10_000;
const slowAfterMs = 1_000;
const optionalReadDelayMs = 5_000;

/** Reads may overlap, because a read that hangs for 10 s must not delay a rotated secret. */
export function createRefreshedValue({
  name,
  count,
  minLength = 0,
  optional = false,
  maxAgeMs,
  outageMs,
  clock,
  warn,
  wait,
  read: readVault,
  onRead,
}: RefreshSettings): RefreshedValue {
  const waitAlways = createWaitLimit(clock, Infinity);
  const waitIfFew = wait ?? waitAlways;
  const failed = createFailureWarning(clock, `${name} could not be read`, warn);
  const warnOf = createVersionWarning(name, minLength, warn);

  let versions: Versions = [];
  let readAt = -Infinity;
  /** If a read has failed or taken over 1 s, requests use old values at once. */
  let troubled = false;
  /** Whether the newest read was good. `quick` resolves to undefined if the read takes over 1 s. */
  let pending: { done: Promise<boolean>; quick: Promise<boolean | undefined> } | undefined;
  let startedAt = -Infinity;
  let reload = { startedAt: -Infinity, done: Promise.resolve(true) };
  let dueAt = Infinity;
  let cancel: (() => void) | undefined;
  let retryMs = firstRetryMs;

  const ageMs = () => clock.elapsed() - readAt;

  function scheduleIn(milliseconds: number): void {
    cancel?.();
    dueAt = clock.elapsed() + milliseconds;
    if (milliseconds < Infinity) cancel = clock.after(milliseconds, () => void start());
  }

  function scheduleRetry(): void {
    scheduleIn(retryMs);
    retryMs = Math.min(retryMs * 2, retryLimitMs);
  }

  function start(): Promise<boolean> {
    startedAt = clock.elapsed();
    scheduleIn(Infinity);
    const done = read(startedAt).finally(() => {
      if (pending?.done === done) pending = undefined;
    });
    const quick = bounded(clock, () => done, slowAfterMs).catch(() => undefined);
    void quick.then((good) => (troubled ||= good === undefined));
    pending = { done, quick };
    return done;
  }

  /** If a later read has ended first, the result of this read is ignored. */
  async function read(at: number): Promise<boolean> {
    try {
      const found = await bounded(clock, readVault, readTimeoutMs);
      if (at >= readAt) keep(found, at);
      return true;
    } catch (error) {
      if (at < readAt) return false;
      troubled = true;
      scheduleRetry();
      failed(error);
      return false;
    }
  }

  function keep(found: Versions, at: number): void {
    versions = found;
    readAt = at;
    troubled = false;
    if (found.length > 0 || optional) {
      retryMs = firstRetryMs;
      scheduleIn(freshForMs);
    } else scheduleRetry();
    warnOf(found);
    onRead?.(found);
  }

  function current(): readonly string[] {
    // If the process was frozen, its timers are late, so an overdue read starts here.
    if (clock.elapsed() >= dueAt) void start();
    return ageMs() > outageMs ? [] : liveValues(versions, count, clock.now());
  }

  function isAbsent(): boolean {
    return current().length === 0 && ageMs() <= outageMs;
  }

  /** A waiting request cannot shorten the pause before a retry. */
  function nextInMs(): number {
    if (pending !== undefined) return 0;
    const isFailing = retryMs > firstRetryMs;
    const at = isFailing ? dueAt : startedAt + readIntervalMs;
    return Math.max(0, at - clock.elapsed());
  }

  async function next(): Promise<boolean> {
    const inMs = nextInMs();
    if (inMs > 0) await sleep(clock, inMs);
    return pending?.done ?? start();
  }

  if (optional) scheduleIn(optionalReadDelayMs);
  else void start();

  return {
    name,
    current,
    async get(deadline) {
      // An optional secret authenticates reports. Only a few reports may wait at a time. Each
      // report waits only once, because Okta and 8x8 send it again after an error.
      const waitFor = optional ? waitIfFew : waitAlways;
      while (
        current().length === 0 &&
        !(optional && isAbsent()) &&
        !deadline.signal.aborted &&
        nextInMs() < deadline.remainingMs()
      ) {
        if ((await waitFor(next(), deadline)) === true || optional) break;
      }
      if (pending && ageMs() > maxAgeMs && !troubled) await waitFor(pending.quick, deadline);
      return current();
    },
    async reload(deadline) {
      const now = clock.elapsed();
      if (now >= reload.startedAt + reloadPauseMs) reload = { startedAt: now, done: start() };
      await waitIfFew(reload.done, deadline);
      return current();
    },
    isAbsent,
    isWeak: () => current().some(({ length }) => length < minLength),
    hasSpareVersions: () => hasSpare(versions),
  };
}
