import type { Clock } from "./clock.ts";

const warningIntervalMs = 60_000;

/** Logs a failure, at most once a minute. @param what A clause such as `The guard failed`. */
export function createFailureWarning(
  clock: Pick<Clock, "elapsed">,
  what: string,
  warn: (message: string) => void,
): (error: unknown) => void {
  let warnedAt = -Infinity;
  let failures = 0;
  return (error) => {
    failures++;
    if (clock.elapsed() - warnedAt < warningIntervalMs) return;
    warnedAt = clock.elapsed();
    const count = failures === 1 ? "" : `, ${failures} times since the last warning`;
    warn(`${what} (${wordOf(error)}${count}). The app will try again.`);
    failures = 0;
  };
}

function wordOf(error: unknown): string {
  const { statusCode, code, name } = (error ?? {}) as Record<string, unknown>;
  return String(statusCode ?? code ?? name);
}
