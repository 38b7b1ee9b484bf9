/** One version of a secret, with the dates between which it may be used. */
export interface Version {
  readonly value: string;
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
  return live.slice(0, count).map(({ value }) => value);
}

type Warn = (message: string) => void;

/** Logs each value that is shorter than `minLength` characters once, by its secret's name. */
export function createWeaknessWarning(
  name: string,
  minLength: number,
  warn: Warn,
): (versions: Versions) => void {
  let logged: readonly string[] = [];
  return (versions) => {
    const weak = versions.map(({ value }) => value).filter((value) => isWeak(value, minLength));
    for (const value of weak)
      if (!logged.includes(value))
        warn(`${name} has fewer than ${minLength} characters and can be guessed; change it`);
    logged = weak;
  };
}

export function isWeak(value: string, minLength: number): boolean {
  return value.length < minLength;
}
