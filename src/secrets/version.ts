/** One version of a secret, with the dates between which it may be used. */
export interface Version {
  /** Undefined: a spare one, which is enabled beyond those that count, and whose value is not read. */
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

type Warn = (message: string) => void;

/** Logs what an operator should change in a secret's versions, each thing once. */
export function createVersionWarning(
  name: string,
  minLength: number,
  warn: Warn,
): (versions: Versions) => void {
  const warnings = [createWeaknessWarning(name, minLength, warn), createSpareWarning(name, warn)];
  return (versions) => {
    for (const warnOf of warnings) warnOf(versions);
  };
}

/** Logs each value that is shorter than `minLength` characters once, by its secret's name. */
function createWeaknessWarning(
  name: string,
  minLength: number,
  warn: Warn,
): (versions: Versions) => void {
  let logged: readonly string[] = [];
  return (versions) => {
    const weak = valuesOf(versions).filter((value) => isWeak(value, minLength));
    for (const value of weak)
      if (!logged.includes(value))
        warn(`${name} has fewer than ${minLength} characters and can be guessed; change it`);
    logged = weak;
  };
}

/** Logs once that a secret has spare versions, and again when it has some again. */
function createSpareWarning(name: string, warn: Warn): (versions: Versions) => void {
  let logged = false;
  return (versions) => {
    if (hasSpare(versions) && !logged)
      warn(
        `${name} has more than two enabled versions. When no rotation is running, disable the oldest: docs/operate.md`,
      );
    logged = hasSpare(versions);
  };
}

export function isWeak(value: string, minLength: number): boolean {
  return value.length < minLength;
}
