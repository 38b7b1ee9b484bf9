interface Version {
  /** Undefined for a spare version, which is older than the accepted ones and is not read. */
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

/** Warns once about each short value, and once about spare versions while there are any. */
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
