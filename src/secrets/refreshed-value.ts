import type { Clock } from "../timing/clock.ts";
import type { Deadline, WaitLimit } from "../timing/deadline.ts";
import { createVersionWarning, type Versions } from "./versions.ts";

/** A secret's accepted values, newest first. No method rejects. */
export interface RefreshedValue {
  readonly name: string;
  /** Empty before the first read, if a read found no version, and if an outage lasts too long. */
  current(): readonly string[];
  /** Past the maximum age, waits at most 1 s for another read, unless reads are failing. */
  get(deadline: Deadline): Promise<readonly string[]>;
  /** Reads again, at most every 10 s. Does not wait if too many requests are waiting. */
  reload(deadline: Deadline): Promise<readonly string[]>;
  /** Whether the vault has been read and has no valid version. */
  isAbsent(): boolean;
  isWeak(): boolean;
  /** Whether the vault has more than two enabled versions. */
  hasSpareVersions(): boolean;
}

export interface SecretRow {
  /** Name in the vault. On a laptop, name of the setting that holds the secret. */
  readonly name: string;
  readonly count: number;
  /** In characters. A shorter value is accepted, but a warning names the secret. */
  readonly minLength?: number;
  readonly optional?: boolean;
  /** Whether callers send the secret. If so, unauthenticated callers can make requests wait. */
  readonly ofCallers?: boolean;
  readonly value?: string | undefined;
}

export interface RefreshSettings extends SecretRow {
  readonly clock: Clock;
  readonly warn: (message: string) => void;
  readonly maxAgeMs: number;
  readonly outageMs: number;
  readonly read: (signal: AbortSignal) => Promise<Versions>;
  readonly wait?: WaitLimit | undefined;
  readonly onRead?: (versions: Versions) => void;
}

type FixedValue = Pick<RefreshSettings, "name" | "minLength" | "value" | "warn">;

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
