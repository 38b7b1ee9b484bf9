/** One version of a secret, with the dates between which it may be used. */
export interface Version {
  readonly value: string;
  readonly notBefore?: Date | undefined;
  readonly expiresOn?: Date | undefined;
}

/** Newest first. */
export type Versions = readonly Version[];

export function hasBegun({ notBefore }: Pick<Version, "notBefore">): boolean {
  return notBefore === undefined || notBefore.getTime() <= Date.now();
}

export function hasExpired({ expiresOn }: Pick<Version, "expiresOn">): boolean {
  return expiresOn !== undefined && expiresOn.getTime() <= Date.now();
}

/** The values of the `count` newest versions that may be used at this moment. */
export function liveValues(versions: Versions, count: number): readonly string[] {
  const live = versions.filter((version) => hasBegun(version) && !hasExpired(version));
  return live.slice(0, count).map(({ value }) => value);
}
