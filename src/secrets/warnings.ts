import type { Versions } from "./version.ts";

type Warn = (message: string) => void;

/** In characters. What is sent over the internet to a public address can be guessed at, day and night. */
export const hookSecretMinLength = 16;

const warningIntervalMs = 60_000;

/** Tells the secret's name and the kind of error, never its message, once a minute at most. */
export function createFailureWarning(name: string, warn: Warn): (error: unknown) => void {
  let warnedAt = -Infinity;
  let failures = 0;
  return (error) => {
    failures++;
    if (performance.now() - warnedAt < warningIntervalMs) return;
    warnedAt = performance.now();
    const count = failures === 1 ? "" : `, ${failures} times since it was last told`;
    warn(`${name} could not be read (${kindOf(error)}${count}); it is tried again`);
    failures = 0;
  };
}

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

/** A name for the log: messages can hold anything. */
function kindOf(error: unknown): string {
  const { statusCode, code, name } = (error ?? {}) as Record<string, unknown>;
  return String(statusCode ?? code ?? name);
}
