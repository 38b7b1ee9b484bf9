/** One version of a secret, with the dates between which it may be used. */
export interface Version {
  /** Undefined for a spare version: one beyond those that are accepted. Its value is not read. */
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

/** The values of the `count` newest versions that may be used at that time. */
export function liveValues(versions: Versions, count: number, now: number): readonly string[] {
  const live = versions.filter((version) => hasBegun(version, now) && !hasExpired(version, now));
  return valuesOf(live).slice(0, count);
}

function valuesOf(versions: Versions): readonly string[] {
  return versions.flatMap(({ value }) => value ?? []);
}

/** If so, a retired value is accepted again as soon as a newer version is disabled. */
export function hasSpare(versions: Versions): boolean {
  return versions.some(({ value }) => value === undefined);
}

/**
 * Logs, by the secret's name, each value that is shorter than `minLength` characters, and that the
 * secret has spare versions. Each of these is logged once while it lasts.
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
    weak = valuesOf(versions).filter((value) => isWeak(value, minLength));
    for (const value of weak)
      if (!loggedWeak.includes(value))
        warn(`${name} has fewer than ${minLength} characters and can be guessed; change it`);
    const loggedSpare = spare;
    spare = hasSpare(versions);
    if (spare && !loggedSpare)
      warn(
        `${name} has more than two enabled versions. When no rotation is running, disable the oldest: docs/operate.md`,
      );
  };
}

export function isWeak(value: string, minLength: number): boolean {
  return value.length < minLength;
}
