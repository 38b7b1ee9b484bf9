import type { Clock } from "../timing/clock.ts";
import { bounded, type Deadline } from "../timing/deadline.ts";
import { type Versions, createVersionWarning } from "./version.ts";

/** A secret's accepted values, newest first. */
export type Values = readonly string[];

/** No method rejects. */
export interface Secret {
  readonly name: string;
  /** Empty until the first read is done, if a read found no version, and if an outage is too long. */
  current(): Values;
  /**
   * Waits for the first good read. If the values are past their maximum age, waits at most a second
   * for another read, unless reads are failing.
   */
  get(deadline: Deadline): Promise<Values>;
  /**
   * For a value that is not one of ours: it may have been rotated in. Waits for a read, which starts
   * once in 10 s for all requests. Does not wait if too many requests are waiting.
   */
  reload(deadline: Deadline): Promise<Values>;
  /** Whether the vault has been read, and has no version that may be used. */
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

/** A secret whose value, or absence, is a setting of a laptop. */
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

/** Resolves to undefined if the deadline passes first. */
type Wait = <T>(read: Promise<T>, deadline: Deadline) => Promise<T | undefined>;

export function createWait(clock: Clock): Wait {
  return (read, deadline) =>
    bounded(clock, () => read, deadline.remainingMs()).catch(() => undefined);
}

/**
 * Lets at most `limit` requests wait at once. All routes share one limit, because unauthenticated
 * callers can make requests wait, an instance takes 100 requests at once by default, and a request
 * that waits takes the place of a hook.
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
