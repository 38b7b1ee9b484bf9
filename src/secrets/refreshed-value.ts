import type { Clock, Deadline, WaitLimit } from "../timing/clock.ts";

/** A secret's accepted values, newest first. No method rejects. */
export interface RefreshedValue {
  readonly name: string;
  /** Empty before the first read, without a valid version, and in a long outage of the vault. */
  current(): readonly string[];
  /** If the values are too old, waits at most 1 s for a read, unless reads are failing. */
  get(deadline: Deadline): Promise<readonly string[]>;
  /** Reads again, but at most every 10 s. Does not wait if too many requests are waiting. */
  reload(deadline: Deadline): Promise<readonly string[]>;
  /** Whether the app has read the vault and found no valid version. */
  isAbsent(): boolean;
  isWeak(): boolean;
  /** Whether the vault has more than two enabled versions. */
  hasSpareVersions(): boolean;
  /** Call this method with the value that an authenticated caller sent. */
  noteSent(value: string): void;
}

export interface SecretRow {
  /** Name of the secret in the vault or, on a laptop, of the setting that holds it. */
  readonly name: string;
  readonly count: number;
  /** In characters. A shorter value is accepted, but a warning names the secret. */
  readonly minLength?: number;
  readonly optional?: boolean;
  /** Whether callers send the secret. Unauthenticated callers can then make requests wait. */
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
  /**
   * Gets the version that a caller sent last, or else the newest, which the app sends. Called after
   * each read, and when a caller sends another version.
   */
  readonly onInUse?: (version: Version) => void;
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
    noteSent: () => undefined,
  };
}

export interface Version {
  /** Undefined for a spare version, whose value the app does not read. */
  readonly value: string | undefined;
  readonly notBefore?: Date | undefined;
  readonly expiresOn?: Date | undefined;
}

export type Versions = readonly Version[];

export function hasBegun({ notBefore }: Pick<Version, "notBefore">, now: number): boolean {
  return notBefore === undefined || notBefore.getTime() <= now;
}

export function hasExpired({ expiresOn }: Pick<Version, "expiresOn">, now: number): boolean {
  return expiresOn !== undefined && expiresOn.getTime() <= now;
}

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

/** Warns once about each short value, and once when spare versions appear. */
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
