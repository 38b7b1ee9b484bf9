import { createSecret } from "../../src/secrets/secret.ts";
import { get, minutes, outage, pass, vault } from "./reading-secrets.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Not all that is thrown is one. */
const asError = (thrown: unknown) => thrown as Error;

describe("a read that failed", () => {
  test("is tried again after 2 s, then slower, and once a minute in the end", async () => {
    const { state } = vault(outage);
    const at: number[] = [];
    for (let second = 0; second < 300; second++) {
      const before = state.reads;
      await pass(1_000);
      if (state.reads > before) at.push(second);
    }
    const pauses = at.slice(1).map((second, index) => second - (at[index] ?? 0));
    expect(at[0]).toBeLessThanOrEqual(2);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses[0]).toBeGreaterThanOrEqual(4);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(61);
    expect(state.reads).toBeLessThan(12);
  });

  test("starts with 2 s again after one that went well", async () => {
    const { secret, state } = vault(outage, outage, outage, ["a"], outage, ["b"]);
    await pass(minutes(1));
    expect(secret.current()).toEqual(["a"]);
    await pass(minutes(5));
    secret.current();
    await pass(300);
    expect(state.reads).toBe(5);
    await pass(2_200);
    expect(secret.current()).toEqual(["b"]);
  });

  test("is not tried more often for being asked for", async () => {
    const { secret, state } = vault(outage);
    await pass(100);
    for (let count = 0; count < 50; count++) await get(secret, 10, 5);
    expect(state.reads).toBe(1);
  });

  test.each<[string, unknown, string]>([
    ["a status", Object.assign(new Error("secret words"), { statusCode: 403 }), "403"],
    ["a code", Object.assign(new Error("secret words"), { code: "ECONNREFUSED" }), "ECONNREFUSED"],
    ["a name", new TypeError("secret words"), "TypeError"],
    ["a cause in words", new Error("secret words", { cause: "secret words" }), "Error"],
    ["no error", "secret words", ""],
    ["nothing", undefined, ""],
  ])("is told by the secret's name and the kind of error, never its message: %s", async (_, error, kind) => {
    const warnings: string[] = [];
    createSecret(
      "okta-hook-secret",
      () => Promise.reject(asError(error)),
      (message) => warnings.push(message),
    );
    await pass(0);
    expect(warnings).toEqual([expect.stringContaining("okta-hook-secret")]);
    expect(warnings[0]).toContain(kind);
    expect(warnings[0]).not.toContain("secret words");
  });
});

test("no warning ever holds a value", async () => {
  const { secret, state } = vault(["s3cret-value"], outage);
  await pass(200 + minutes(5));
  await get(secret, minutes(10));
  expect(state.warnings.length).toBeGreaterThan(0);
  expect(state.warnings.join()).not.toMatch(/s3cret|message of the outage/);
});

test("a secret that the vault has not is asked for again, slower each time", async () => {
  const { state } = vault([]);
  await pass(minutes(10));
  expect(state.reads).toBeGreaterThan(5);
  expect(state.reads).toBeLessThan(20);
});

test("a secret that the vault has not is not waited for, and is found once it is there", async () => {
  const { secret } = vault([], [], ["a"]);
  expect(await get(secret, 150)).toEqual([]);
  await pass(minutes(1));
  expect(secret.current()).toEqual(["a"]);
});
