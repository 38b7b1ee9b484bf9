import { bounded, type Deadline } from "../timing/deadline.ts";
import { sleep } from "../timing/clock.ts";
import { createFailureWarning } from "../timing/background.ts";
import {
  createVersionWarning,
  createWaitLimit,
  hasSpare,
  liveValues,
  type Secret,
  type SecretSettings,
  type Versions,
} from "./secret.ts";

const freshForMs = 5 * 60_000;
const firstRetryMs = 2_000;
const retryLimitMs = 60_000;
/** The shortest time between two reads that requests wait for, while reads succeed. */
const readIntervalMs = 1_000;
/**
 * The shortest time between two reads for unknown values. Unauthenticated callers can send any
 * number of values, and each read costs calls to the vault and rows in its log.
 */
const reloadPauseMs = 10_000;
const readTimeoutMs = 10_000;
const slowAfterMs = 1_000;
const optionalReadDelayMs = 5_000;

/**
 * A secret that is read at the start and then every 5 minutes in the background. Reads may overlap,
 * because a read that hangs for 10 s must not delay a rotated secret.
 */
export class RefreshedSecret implements Secret {
  readonly name: string;
  readonly #settings;
  readonly #wait;
  readonly #failed: (error: unknown) => void;
  readonly #warnOf: (versions: Versions) => void;
  #versions: Versions = [];
  /** Start time of the read that returned `#versions`. */
  #readAt = -Infinity;
  /**
   * Whether a read since the last good one has failed or taken over 1 s. If so, requests use an old
   * value without waiting for the vault.
   */
  #troubled = false;
  /** The newest read, if pending. `quick` resolves to undefined if the read takes over 1 s. */
  #running:
    { readonly done: Promise<boolean>; readonly quick: Promise<boolean | undefined> } | undefined;
  #startedAt = -Infinity;
  #reload = { at: -Infinity, done: Promise.resolve(true) };
  #dueAt = Infinity;
  #cancel: (() => void) | undefined;
  /** The next pause. It grows while reads fail or find no version. */
  #retryMs = firstRetryMs;

  constructor({ optional = false, minLength = 0, wait, ...settings }: SecretSettings) {
    const { clock, name, warn } = settings;
    this.#wait = createWaitLimit(clock, Infinity);
    this.#settings = { ...settings, optional, minLength, wait: wait ?? this.#wait };
    this.name = name;
    this.#failed = createFailureWarning(clock, `${name} could not be read`, warn);
    this.#warnOf = createVersionWarning(name, minLength, warn);
    if (optional) this.#readIn(optionalReadDelayMs);
    else void this.#start();
  }

  current(): readonly string[] {
    const { outageMs, count, clock } = this.#settings;
    // A process that was frozen runs its timers late.
    if (clock.elapsed() >= this.#dueAt) void this.#start();
    return this.#ageMs() > outageMs ? [] : liveValues(this.#versions, count, clock.now());
  }

  async get(deadline: Deadline): Promise<readonly string[]> {
    const { optional, maxAgeMs } = this.#settings;
    // Unauthenticated callers can make a request wait here too. For an optional secret, a request
    // waits once, and few requests wait at a time: a report that gets an error is sent again.
    const wait = optional ? this.#settings.wait : this.#wait;
    while (
      this.current().length === 0 &&
      !(optional && this.isAbsent()) &&
      !deadline.signal.aborted &&
      this.#nextInMs() < deadline.remainingMs()
    ) {
      // A good read ends the wait, even if it found no version.
      if ((await wait(this.#next(), deadline)) === true || optional) break;
    }
    if (this.#ageMs() > maxAgeMs && !this.#troubled)
      await wait(this.#running?.quick ?? Promise.resolve(undefined), deadline);
    return this.current();
  }

  async reload(deadline: Deadline): Promise<readonly string[]> {
    const now = this.#settings.clock.elapsed();
    if (now >= this.#reload.at + reloadPauseMs) this.#reload = { at: now, done: this.#start() };
    await this.#settings.wait(this.#reload.done, deadline);
    return this.current();
  }

  isAbsent(): boolean {
    return this.current().length === 0 && this.#ageMs() <= this.#settings.outageMs;
  }

  isWeak(): boolean {
    return this.current().some(({ length }) => length < this.#settings.minLength);
  }

  hasSpareVersions(): boolean {
    return hasSpare(this.#versions);
  }

  #ageMs(): number {
    return this.#settings.clock.elapsed() - this.#readAt;
  }

  /** Milliseconds until the next read may start. After a failure, requests do not shorten it. */
  #nextInMs(): number {
    const isFailing = this.#retryMs > firstRetryMs;
    const at = isFailing ? this.#dueAt : this.#startedAt + readIntervalMs;
    return this.#running === undefined ? Math.max(0, at - this.#settings.clock.elapsed()) : 0;
  }

  /** Waits for the pending read, or starts the next one as soon as it may start. */
  async #next(): Promise<boolean> {
    const waitMs = this.#nextInMs();
    if (waitMs > 0) await sleep(this.#settings.clock, waitMs);
    return this.#running?.done ?? this.#start();
  }

  #start(): Promise<boolean> {
    this.#startedAt = this.#settings.clock.elapsed();
    this.#readIn(Infinity);
    const done = this.#read(this.#startedAt).finally(() => {
      if (this.#running?.done === done) this.#running = undefined;
    });
    const quick = bounded(this.#settings.clock, () => done, slowAfterMs).catch(() => undefined);
    void quick.then((good) => (this.#troubled ||= good === undefined));
    this.#running = { done, quick };
    return done;
  }

  /** If two reads overlap, the result of the older one is ignored. */
  async #read(startedAt: number): Promise<boolean> {
    try {
      const versions = await bounded(this.#settings.clock, this.#settings.read, readTimeoutMs);
      if (startedAt >= this.#readAt) this.#keep(versions, startedAt);
      return true;
    } catch (error) {
      if (startedAt < this.#readAt) return false;
      this.#troubled = true;
      this.#retry();
      this.#failed(error);
      return false;
    }
  }

  #keep(versions: Versions, startedAt: number): void {
    this.#readAt = startedAt;
    this.#troubled = false;
    this.#versions = versions;
    if (versions.length > 0 || this.#settings.optional) {
      this.#retryMs = firstRetryMs;
      this.#readIn(freshForMs);
    } else this.#retry();
    this.#warnOf(versions);
    this.#settings.onRead?.(versions);
  }

  #retry(): void {
    this.#readIn(this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, retryLimitMs);
  }

  #readIn(milliseconds: number): void {
    this.#cancel?.();
    this.#dueAt = this.#settings.clock.elapsed() + milliseconds;
    if (milliseconds < Infinity)
      this.#cancel = this.#settings.clock.after(milliseconds, () => void this.#start());
  }
}
