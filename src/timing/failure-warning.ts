import type { Clock } from "./clock.ts";

const warningIntervalMs = 60_000;

/** Logs what has failed and the kind of error, never its message, once a minute at most. */
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
    const count = failures === 1 ? "" : `, ${failures} times since it was last logged`;
    warn(`${what} (${kindOf(error)}${count}); it is tried again`);
    failures = 0;
  };
}

/** What may be logged of an error: its message can hold anything. */
function kindOf(error: unknown): string {
  const { statusCode, code, name } = (error ?? {}) as Record<string, unknown>;
  return String(statusCode ?? code ?? name);
}
