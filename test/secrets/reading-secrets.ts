import { startBudget } from "../../src/deadline.ts";
import { createSecret, type Secret, type Versions } from "../../src/secrets/secret.ts";

/** A vault whose every read is answered by hand, or hangs. */
export function vault(...answers: (Versions | Error | "hang")[]) {
  const state = { reads: 0, warnings: [] as string[] };
  const read = (): Promise<Versions> => {
    const answer = answers[Math.min(state.reads++, answers.length - 1)] ?? "hang";
    if (answer === "hang") return new Promise(() => undefined);
    return new Promise((resolve, reject) => {
      setTimeout(() => {
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      }, 100);
    });
  };
  const secret = createSecret("okta-hook-secret", read, (message) => state.warnings.push(message));
  return { secret, state };
}

export const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
export const minutes = (count: number) => count * 60_000;
export const outage = Object.assign(new Error("the message of the outage"), { statusCode: 503 });

/** What it gave so far: undefined while it waits. */
export async function given(waiting: Promise<Versions>, passing = 0): Promise<Versions | undefined> {
  let versions: Versions | undefined;
  void waiting.then((value) => (versions = value));
  await pass(passing);
  return versions;
}
export const get = (secret: Secret, passing = 0, budgetMs = 2_500) => given(secret.get(startBudget(budgetMs)), passing);
export const reload = (secret: Secret, passing = 0, budgetMs = 2_500) =>
  given(secret.reload(startBudget(budgetMs)), passing);
