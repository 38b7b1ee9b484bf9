import type { Clock } from "../timing/clock.ts";
import type { Deadline, WaitLimit } from "../timing/deadline.ts";
import { createVersionWarning, type Versions } from "./versions.ts";

/** A secret's accepted values, newest first. No method rejects. */
export interface RefreshedValue {
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

export interface RefreshSettings extends SecretRow {
  readonly clock: Clock;
  readonly warn: (message: string) => void;
  /** If the values are older, `get` waits for another read, unless reads are failing. */
  readonly maxAgeMs: number;
  /** How old values may become while reads are failing. */
  readonly outageMs: number;
  readonly read: (signal: AbortSignal) => Promise<Versions>;
  /** Limits how many requests wait at once, for a secret that callers send. Default: no limit. */
  readonly wait?: WaitLimit | undefined;
  /** Called after each good read, also after one that found no version. */
  readonly onRead?: (versions: Versions) => void;
}

type FixedValue = Pick<RefreshSettings, "name" | "minLength" | "value" | "warn">;

/** Creates a secret from the settings of a laptop. */
export function createFixedValue({ name, value, minLength = 0, warn }: FixedValue): RefreshedValue {
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
