import type { HttpHandler } from "@azure/functions";
import { startBudget } from "../deadline.ts";
import type { Secret } from "../secrets.ts";

/** How long the first read of the secrets is waited for, in milliseconds. */
const patience = 1_000;

/** 200 where hooks can be answered, else 503 with the names of what is missing or wrong, and nothing else. */
export function createHealth(wrongSettings: readonly string[], secrets: readonly Secret[]): HttpHandler {
  return async () => {
    const budget = startBudget(patience);
    const loaded = await Promise.all(secrets.map((secret) => secret.get(budget)));
    budget.end();
    const missing = [
      ...wrongSettings,
      ...secrets.filter((_, index) => loaded[index]?.length === 0).map(({ name }) => name),
    ];
    return missing.length === 0
      ? { status: 200, jsonBody: { status: "healthy" } }
      : { status: 503, jsonBody: { status: "unhealthy", missing } };
  };
}
