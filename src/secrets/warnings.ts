import type { Versions } from "./version.ts";

type Warn = (message: string) => void;

/** In characters. What is sent over the internet to a public address can be guessed at, day and night. */
export const callerSecretMinLength = 16;

/** Whoever has a number and its hash can try keys on them, at billions a second. */
export const hashKeyMinLength = 32;

/** Tells each value once that is shorter than `minLength` characters, by its secret's name. */
export function createWeaknessWarning(name: string, minLength: number, warn: Warn): (versions: Versions) => void {
  let told: readonly string[] = [];
  return (versions) => {
    const weak = versions.map(({ value }) => value).filter((value) => isWeak(value, minLength));
    for (const value of weak)
      if (!told.includes(value)) warn(`${name} has fewer than ${minLength} characters and can be guessed; change it`);
    told = weak;
  };
}

export function isWeak(value: string, minLength: number): boolean {
  return value.length < minLength;
}
