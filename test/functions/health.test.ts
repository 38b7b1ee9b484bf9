import { HttpRequest, InvocationContext } from "@azure/functions";
import { createHealth } from "../../src/functions/health.ts";
import { createSecret, knownSecret, type Secret, type Versions } from "../../src/secrets.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const ignore = () => undefined;
const request = new HttpRequest({ method: "GET", url: "http://localhost/api/health" });

/** Asks, lets so much time pass, and gives the answer if there is one by then. */
async function ask(wrongSettings: string[], secrets: Secret[], passing = 0) {
  let answer: unknown;
  void Promise.resolve(createHealth(wrongSettings, secrets)(request, new InvocationContext())).then(
    (given) => (answer = given),
  );
  await jest.advanceTimersByTimeAsync(passing);
  return answer;
}

const loaded = knownSecret("okta-hook-secret", "a");
const arrivesAfter = (ms: number, versions: Versions = ["a"], name = "eight-by-eight-api-key") =>
  createSecret(name, () => new Promise((resolve) => setTimeout(resolve, ms, versions)), ignore);
const unhealthy = (...missing: string[]) => ({ status: 503, jsonBody: { status: "unhealthy", missing } });

test("is 200 where settings are right and secrets are loaded, and says no more", async () => {
  expect(await ask([], [loaded, loaded])).toEqual({ status: 200, jsonBody: { status: "healthy" } });
});

test("is 503 with the wrong settings by name", async () => {
  expect(await ask(["KEY_VAULT_URL", "HOOK_BUDGET_MS"], [])).toEqual(unhealthy("KEY_VAULT_URL", "HOOK_BUDGET_MS"));
});

test("waits for the first read of a secret", async () => {
  expect(await ask([], [loaded, arrivesAfter(900)], 899)).toBeUndefined();
  expect(await ask([], [loaded, arrivesAfter(900)], 901)).toEqual({ status: 200, jsonBody: { status: "healthy" } });
});

test("waits 1 s at most, for all secrets together, and names what is missing", async () => {
  const secrets = [arrivesAfter(5_000), loaded, arrivesAfter(6_000, ["a"], "another-secret")];
  expect(await ask([], secrets, 999)).toBeUndefined();
  expect(await ask([], secrets, 1_000)).toEqual(unhealthy("eight-by-eight-api-key", "another-secret"));
});

test("is 503 where the vault has no usable version, or does not answer", async () => {
  const failing = createSecret("okta-hook-secret", () => Promise.reject(new Error("secret words")), ignore);
  expect(await ask([], [arrivesAfter(0, []), failing], 1_000)).toEqual(
    unhealthy("eight-by-eight-api-key", "okta-hook-secret"),
  );
});

test("gives no value away", async () => {
  const secrets = [knownSecret("okta-hook-secret", "s3cret-value"), arrivesAfter(5_000)];
  expect(JSON.stringify(await ask(["HOOK_BUDGET_MS"], secrets, 1_000))).not.toContain("s3cret-value");
});

test("leaves no timer of its own behind", async () => {
  await ask([], [loaded]);
  expect(jest.getTimerCount()).toBe(0);
});
