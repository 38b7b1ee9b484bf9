import { bounded, createWaitLimit, sleep } from "../timing/clock.ts";
import { createFailureWarning } from "../timing/failure-warning.ts";
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
/** With 5 s, the app would answer 503 after a slow start. */
const readTimeoutMs = 10_000;
const slowAfterMs = 1_000;
const optionalReadDelayMs = 5_000;

/** Makes one read at a time. Whoever needs a newer value waits for the pending read. */
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
  onInUse,
}: RefreshSettings): RefreshedValue {
  const waitAlways = createWaitLimit(clock, Infinity);
  const waitIfFew = wait ?? waitAlways;
  const failed = createFailureWarning(clock, `${name} could not be read`, warn);
  const warnOf = createVersionWarning(name, minLength, warn);

  let versions: Versions = [];
  /** Start time of the read that returned the versions. */
  let readAt = -Infinity;
  let startedAt = -Infinity;
  let reloadedAt = -Infinity;
  let dueAt = Infinity;
  let cancel: (() => void) | undefined;
  let retryMs = firstRetryMs;
  /** Resolves to whether the read was good. */
  let pending: Promise<boolean> | undefined;
  let sentByCaller: string | undefined;

  const ageMs = () => clock.elapsed() - readAt;
  const isFailing = () => retryMs > firstRetryMs;
  const live = () => (ageMs() > outageMs ? [] : liveValues(versions, count, clock.now()));
  const isAbsent = () => live().length === 0 && ageMs() <= outageMs;

  function scheduleIn(milliseconds: number): void {
    dueAt = clock.elapsed() + milliseconds;
    cancel = clock.after(milliseconds, () => void start());
  }

  function start(): Promise<boolean> {
    return (pending ??= read().finally(() => {
      pending = undefined;
    }));
  }

  async function read(): Promise<boolean> {
    cancel?.();
    dueAt = Infinity;
    startedAt = clock.elapsed();
    const found = await bounded(clock, readVault, readTimeoutMs).catch(failed);
    const isGood = found !== undefined && (found.length > 0 || optional);
    scheduleIn(isGood ? freshForMs : retryMs);
    retryMs = isGood ? firstRetryMs : Math.min(retryMs * 2, retryLimitMs);
    if (found === undefined) return false;
    versions = found;
    readAt = startedAt;
    warnOf(found);
    tellInUse();
    return true;
  }

  function tellInUse(): void {
    const versionOf = (known = "") => versions.find(({ value }) => value === known);
    const used = versionOf(sentByCaller) ?? versionOf(live()[0]);
    if (used !== undefined) onInUse?.(used);
  }

  function current(): readonly string[] {
    // If the process was frozen, its timers are late, so an overdue read starts here.
    if (clock.elapsed() >= dueAt) void start();
    return live();
  }

  /** A waiting request cannot shorten the pause before a retry. */
  function nextInMs(): number {
    if (pending !== undefined) return 0;
    return Math.max(0, (isFailing() ? dueAt : startedAt + readIntervalMs) - clock.elapsed());
  }

  async function next(): Promise<boolean> {
    const inMs = nextInMs();
    if (inMs > 0) await sleep(clock, inMs);
    return start();
  }

  if (optional) scheduleIn(optionalReadDelayMs);
  else void start();

  return {
    name,
    current,
    async get(deadline) {
      // An optional secret authenticates receipts or events. Only a few may wait at a time, and each
      // waits only once, because Okta and 8x8 send it again after an error.
      const waitFor = optional ? waitIfFew : waitAlways;
      while (
        current().length === 0 &&
        !(optional && isAbsent()) &&
        !deadline.signal.aborted &&
        nextInMs() < deadline.remainingMs()
      ) {
        if ((await waitFor(next(), deadline)) === true || optional) break;
      }
      // After a failed or slow read, requests use old values at once.
      const waitMs = startedAt + slowAfterMs - clock.elapsed();
      if (pending && ageMs() > maxAgeMs && !isFailing() && waitMs > 0)
        await waitFor(pending, { remainingMs: () => Math.min(waitMs, deadline.remainingMs()) });
      return current();
    },
    async reload(deadline) {
      const now = clock.elapsed();
      if (now >= reloadedAt + reloadPauseMs) {
        reloadedAt = now;
        void start();
      }
      if (pending) await waitIfFew(pending, deadline);
      return current();
    },
    isAbsent,
    isWeak: () => live().some(({ length }) => length < minLength),
    hasSpareVersions: () => hasSpare(versions),
    noteSent(value) {
      if (value === sentByCaller) return;
      sentByCaller = value;
      tellInUse();
    },
  };
}
