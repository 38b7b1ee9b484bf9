import { startDeadline, systemClock } from "../../src/timing/clock.ts";
import { createRefreshedValue } from "../../src/secrets/refresh.ts";
import type {
  RefreshedValue,
  RefreshSettings,
  Versions,
} from "../../src/secrets/refreshed-value.ts";

export type Answer = readonly (string | Versions[number])[] | Error | "hang";

export const minutes = (count: number) => count * 60_000;
export const hours = (count: number) => count * 3_600_000;
/** Milliseconds that a read takes if it does not hang. */
export const readMs = 100;

/** Creates a secret whose reads get these answers in turn. The last answer repeats. */
export function vault(answers: Answer[], settings: Partial<RefreshSettings> = {}) {
  const state = { reads: 0, warnings: [] as string[], aborted: 0 };
  const read = (signal: AbortSignal): Promise<Versions> => {
    const answer = answers[Math.min(state.reads++, answers.length - 1)] ?? "hang";
    signal.addEventListener("abort", () => state.aborted++);
    if (answer === "hang") return new Promise(() => undefined);
    return new Promise((resolve, reject) => {
      setTimeout(() => {
        if (answer instanceof Error) reject(answer);
        else
          resolve(
            answer.map((version) => (typeof version === "string" ? { value: version } : version)),
          );
      }, readMs);
    });
  };
  const warn = (message: string) => state.warnings.push(message);
  const defaults = {
    name: "okta-hook-secret",
    count: 2,
    maxAgeMs: minutes(10),
    outageMs: hours(72),
  };
  return {
    secret: createRefreshedValue({ clock: systemClock, ...defaults, read, warn, ...settings }),
    state,
  };
}

export const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
export const outage = Object.assign(new Error("the message of the outage"), { statusCode: 503 });

/** Moves the clock without running timers, as if the process had been frozen for `ms`. */
export function sleepThrough(ms: number): void {
  const now = performance.now();
  jest.spyOn(performance, "now").mockImplementation(() => now + ms + (Date.now() - stoppedAt));
  const stoppedAt = Date.now();
}

/** Returns the values after `passing` ms, or undefined if the promise is still pending. */
export async function valuesAfter(
  waiting: Promise<readonly string[]>,
  passing = 0,
): Promise<readonly string[] | undefined> {
  let values: readonly string[] | undefined;
  void waiting.then((value) => (values = value));
  await pass(passing);
  return values;
}
export const get = (secret: RefreshedValue, passing = 0, budgetMs = 2_500) =>
  valuesAfter(secret.get(startDeadline(systemClock, budgetMs)), passing);
export const reload = (secret: RefreshedValue, passing = 0, budgetMs = 2_500) =>
  valuesAfter(secret.reload(startDeadline(systemClock, budgetMs)), passing);
