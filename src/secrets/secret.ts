import type { Clock } from "../timing/clock.ts";
import { bounded, type Deadline } from "../timing/deadline.ts";

/** A secret's accepted values, newest first. No method rejects. */
export interface Secret {
  readonly name: string;
  /** Empty before the first read, if a read found no version, and if an outage lasts too long. */
  current(): readonly string[];
  /**
   * Waits for the first good read. If the values are past their maximum age, it waits at most 1 s
   * for another read, unless reads are failing.
   */
  get(deadline: Deadline): Promise<readonly string[]>;
  /**
   * Reads again, because an unknown value may be a rotated one. Reads start at most every 10 s, and
   * requests share them. Does not wait if too many requests are waiting.
   */
  reload(deadline: Deadline): Promise<readonly string[]>;
  /** Whether the vault has been read and has no valid version. */
  isAbsent(): boolean;
  /** Whether a value in use is so short that it can be guessed. */
  isWeak(): boolean;
  /** Whether the vault has more than two enabled versions. */
  hasSpareVersions(): boolean;
}

export interface SecretRow {
  /** Name in the vault. On a laptop, name of the setting that holds the secret. */
  readonly name: string;
  /** How many of the newest versions are accepted. */
  readonly count: number;
  /** In characters. A shorter value is accepted, but a warning names the secret. */
  readonly minLength?: number;
  /** Whether the secret may be absent. If it is, its route is off. */
  readonly optional?: boolean;
  /** Whether callers send the secret. If so, unauthenticated callers can make requests wait. */
  readonly ofCallers?: boolean;
  readonly value?: string | undefined;
}

export interface SecretSettings extends SecretRow {
  readonly clock: Clock;
  readonly warn: (message: string) => void;
  /** If the values are older, `get` waits for another read, unless reads are failing. */
  readonly maxAgeMs: number;
  /** How old values may become while reads are failing. */
  readonly outageMs: number;
  readonly read: (signal: AbortSignal) => Promise<Versions>;
  /** Limits how many requests wait at once, for a secret that callers send. Default: no limit. */
  readonly wait?: Wait | undefined;
  /** Called after each good read, also after one that found no version. */
  readonly onRead?: (versions: Versions) => void;
}

interface Version {
  /** Undefined for a spare version, which is older than the accepted ones and is not read. */
  readonly value: string | undefined;
  readonly notBefore?: Date | undefined;
  readonly expiresOn?: Date | undefined;
}

/** Newest first. */
export type Versions = readonly Version[];

export function hasBegun({ notBefore }: Pick<Version, "notBefore">, now: number): boolean {
  return notBefore === undefined || notBefore.getTime() <= now;
}

export function hasExpired({ expiresOn }: Pick<Version, "expiresOn">, now: number): boolean {
  return expiresOn !== undefined && expiresOn.getTime() <= now;
}

/** Returns the values of the `count` newest versions that are valid at that time. */
export function liveValues(versions: Versions, count: number, now: number): readonly string[] {
  const live = versions.filter((version) => hasBegun(version, now) && !hasExpired(version, now));
  return valuesOf(live).slice(0, count);
}

function valuesOf(versions: Versions): readonly string[] {
  return versions.flatMap(({ value }) => value ?? []);
}

/** A spare version is a risk, because it is accepted again if a newer version is disabled. */
export function hasSpare(versions: Versions): boolean {
  return versions.some(({ value }) => value === undefined);
}

/**
 * Warns once about each value of fewer than `minLength` characters, and once about spare versions
 * while there are any.
 */
export function createVersionWarning(
  name: string,
  minLength: number,
  warn: (message: string) => void,
): (versions: Versions) => void {
  let weak: readonly string[] = [];
  let spare = false;
  return (versions) => {
    const loggedWeak = weak;
    weak = valuesOf(versions).filter(({ length }) => length < minLength);
    for (const value of weak)
      if (!loggedWeak.includes(value))
        warn(`${name} has fewer than ${minLength} characters and can be guessed. Change it.`);
    const loggedSpare = spare;
    spare = hasSpare(versions);
    if (spare && !loggedSpare)
      warn(
        `${name} has more than two enabled versions. When no rotation is running, disable the oldest: docs/operate.md.`,
      );
  };
}

type KnownSecret = Pick<SecretSettings, "name" | "minLength" | "value" | "warn">;

/** Creates a secret from the settings of a laptop. */
export function knownSecret({ name, value, minLength = 0, warn }: KnownSecret): Secret {
  const values = value === undefined ? [] : [value];
  createVersionWarning(name, minLength, warn)(values.map((known) => ({ value: known })));
  const get = () => Promise.resolve(values);
  return {
    name,
    current: () => values,
    get,
    reload: get,
    isAbsent: () => value === undefined,
    isWeak: () => values.some(({ length }) => length < minLength),
    hasSpareVersions: () => false,
  };
}

/** Resolves to undefined if the deadline passes first, or if too many requests wait. */
type Wait = <T>(read: Promise<T>, deadline: Deadline) => Promise<T | undefined>;

/**
 * Lets at most `limit` requests wait at once. Unauthenticated callers can make requests wait, and
 * by default an instance handles 100 requests at once, so all routes share one limit.
 * https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan#concurrency
 */
export function createWaitLimit(clock: Clock, limit = 16): Wait {
  let waiting = 0;
  return async (read, deadline) => {
    if (waiting >= limit) return undefined;
    waiting += 1;
    return bounded(clock, () => read, deadline.remainingMs())
      .catch(() => undefined)
      .finally(() => (waiting -= 1));
  };
}
