import { get, minutes, outage, pass, readMs, reload, vault } from "./reading-secrets.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Not all that is thrown is one. */
const asError = (thrown: unknown) => thrown as Error;

describe("a read that failed", () => {
  test("is tried again after 2 s, then slower, and once a minute in the end", async () => {
    const { state } = vault([outage]);
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
    const { secret, state } = vault([outage, outage, outage, ["a"], outage, ["b"]]);
    // At 0, 2, 6 and 14 s, each time after the read before.
    await pass(14_000 + 4 * readMs);
    expect(secret.current()).toEqual(["a"]);
    await pass(minutes(5) + readMs);
    expect(state.reads).toBe(5);
    await pass(2_000 + readMs);
    expect(secret.current()).toEqual(["b"]);
  });

  test("is tried once a second at most while hooks wait for a value", async () => {
    const { secret, state } = vault([outage]);
    for (let count = 0; count < 100; count++) await get(secret, 50, 40);
    expect(state.reads).toBeGreaterThanOrEqual(4);
    expect(state.reads).toBeLessThanOrEqual(6);
  });

  test("is logged once a minute at most, with the count", async () => {
    const { secret, state } = vault([["a"], outage]);
    await pass(2_000);
    for (let second = 0; second < 59; second++) await reload(secret, 1_000);
    expect(state.warnings).toEqual(["okta-hook-secret could not be read (503); it is tried again"]);
    const reads = state.reads;
    for (let second = 0; second < 3; second++) await reload(secret, 1_000);
    expect(state.warnings.slice(1)).toEqual([expect.stringMatching(/\(503, \d+ times since it was last logged\)/)]);
    expect(Number(/\d+(?= times)/.exec(state.warnings[1] ?? "")?.[0])).toBeGreaterThanOrEqual(reads - 3);
  });

  test.each<[string, unknown, string]>([
    ["a status", Object.assign(new Error("secret words"), { statusCode: 403 }), "403"],
    ["a code", Object.assign(new Error("secret words"), { code: "ECONNREFUSED" }), "ECONNREFUSED"],
    ["a name", new TypeError("secret words"), "TypeError"],
    ["a cause in words", new Error("secret words", { cause: "secret words" }), "Error"],
    ["no error", "secret words", ""],
    ["nothing", undefined, ""],
  ])("is logged by the secret's name and the kind of error, never its message: %s", async (_, error, kind) => {
    const warnings: string[] = [];
    vault([], { read: () => Promise.reject(asError(error)), warn: (message) => warnings.push(message) });
    await pass(0);
    expect(warnings).toEqual([expect.stringContaining("okta-hook-secret")]);
    expect(warnings[0]).toContain(kind);
    expect(warnings[0]).not.toContain("secret words");
  });
});

test("no warning ever holds a value", async () => {
  const { state } = vault([["s3cret-value"], outage], { minLength: 16 });
  await pass(minutes(10));
  expect(state.warnings.length).toBeGreaterThan(1);
  expect(state.warnings.join()).not.toMatch(/s3cret|message of the outage/);
});

test("a secret that the vault has not is asked for again, slower each time", async () => {
  const { state } = vault([[]]);
  await pass(minutes(10));
  expect(state.reads).toBeGreaterThan(5);
  expect(state.reads).toBeLessThan(20);
});

test("a secret that the vault has not is waited for until the vault has said so, and is found once it is there", async () => {
  const { secret } = vault([[], [], ["a"]]);
  expect(await get(secret, readMs)).toEqual([]);
  await pass(2_000);
  expect(await get(secret, readMs)).toEqual([]);
  expect(await get(secret, 1_000 + readMs)).toEqual(["a"]);
});
