import type { Clock } from "../timing/clock.ts";
import { bounded, type Deadline } from "../timing/deadline.ts";
import { type Versions, createVersionWarning, isWeak } from "./version.ts";

/** A secret's accepted values, newest first. */
export type Values = readonly string[];

/** None of these ever rejects. */
export interface Secret {
  readonly name: string;
  /**
   * Does not wait. Empty until the first read is done, after a read that found no version, and
   * after too long an outage.
   */
  current(): Values;
  /**
   * Waits for the first good read; past the maximum age for a read of at most a second, unless
   * reads are failing.
   */
  get(deadline: Deadline): Promise<Values>;
  /**
   * Waits for a read, since a caller's value is unknown: one starts for all who ask within 10 s.
   * Does not wait where too many wait already.
   */
  reload(deadline: Deadline): Promise<Values>;
  /** The vault has been asked, and has no version that may be used. */
  isAbsent(): boolean;
  /** Whether a value in use is so short that it can be guessed. */
  isWeak(): boolean;
  /** Whether the vault has more enabled versions than two. */
  hasSpareVersions(): boolean;
}

/** A secret as src/settings/secrets.ts describes it. */
export interface SecretRow {
  /** Its name in the vault. On a laptop, the name of the setting that holds it. */
  readonly name: string;
  /** How many of the newest versions are accepted. */
  readonly count: number;
  /** In characters. A shorter value is accepted, and logged by its secret's name. */
  readonly minLength?: number;
  /** Whether the secret may be absent, which switches its route off. */
  readonly optional?: boolean;
  /** Whether callers send it to us, so that unauthenticated callers can make a request wait. */
  readonly ofCallers?: boolean;
  /** On a laptop. */
  readonly value?: string | undefined;
}

/** A secret, and how it is read. */
export interface SecretSettings extends SecretRow {
  readonly clock: Clock;
  readonly warn: (message: string) => void;
  /** Past this age `get` waits for another read, unless reads are failing. */
  readonly maxAgeMs: number;
  /** How old values may become while reads are failing. */
  readonly outageMs: number;
  readonly read: (signal: AbortSignal) => Promise<Versions>;
  /**
   * How requests wait if unauthenticated callers can make them wait. By default, any number of
   * requests wait. A read starts whether or not a request waits for it.
   */
  readonly wait?: Wait | undefined;
  /** Called after each good read, also after one that found no version. */
  readonly onRead?: (versions: Versions) => void;
}

type KnownSecret = Pick<SecretSettings, "name" | "minLength" | "value" | "warn">;

/** A secret whose value, or absence, is known from the start, as on a laptop. */
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
    isWeak: () => values.some((known) => isWeak(known, minLength)),
    hasSpareVersions: () => false,
  };
}

/** Undefined where the deadline passes first. */
export type Wait = <T>(read: Promise<T>, deadline: Deadline) => Promise<T | undefined>;

export function createWait(clock: Clock): Wait {
  return (read, deadline) =>
    bounded(clock, () => read, deadline.remainingMs()).catch(() => undefined);
}

/**
 * Lets `limit` requests wait at once, and the others not at all: to be shared by all routes on
 * which a stranger can make one wait. A Functions instance takes 100 requests at once by default,
 * and whatever waits keeps a hook out.
 * https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan#concurrency
 */
export function createWaitLimit(clock: Clock, limit = 16): Wait {
  const wait = createWait(clock);
  let waiting = 0;
  return async (read, deadline) => {
    if (waiting >= limit) return undefined;
    waiting += 1;
    return wait(read, deadline).finally(() => (waiting -= 1));
  };
}
