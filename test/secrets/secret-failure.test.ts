import { get, minutes, outage, pass, readMs, vault } from "./reading-secrets.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("a read that failed", () => {
  test("the app repeats failed reads after pauses that grow from 2 s to a minute", async () => {
    const at: number[] = [];
    const read = () => {
      at.push(Date.now());
      return Promise.reject(outage);
    };
    vault([], { read });
    await pass(minutes(5));
    const pauses = at.slice(1).map((ms, index) => (ms - (at[index] ?? 0)) / 1_000);
    expect(pauses).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
  });

  test("after a successful read, the first failed read is repeated after 2 s", async () => {
    const { secret, state } = vault([outage, outage, outage, ["a"], outage, ["b"]]);
    // The reads start at 0, 2, 6 and 14 s, plus the time that earlier reads took.
    await pass(14_000 + 4 * readMs);
    expect(secret.current()).toEqual(["a"]);
    await pass(minutes(5) + readMs);
    expect(state.reads).toBe(5);
    await pass(2_000 + readMs);
    expect(secret.current()).toEqual(["b"]);
  });

  test("requests do not shorten the pauses after failed reads", async () => {
    const { secret, state } = vault([outage]);
    for (let count = 0; count < 400; count++) await get(secret, 50, 40);
    expect(state.reads).toBe(4);
  });

  test("a request does not wait for the next read if its deadline is earlier", async () => {
    const { secret } = vault([outage, outage, ["a"]]);
    await pass(2_000 + 2 * readMs);
    expect(await get(secret, 0)).toEqual([]);
    // After these 3 s, the next read starts in one second.
    await pass(3_000);
    expect(await get(secret, 1_000 + readMs)).toEqual(["a"]);
  });

  test("failed reads are logged at most once a minute, with their count", async () => {
    const { state } = vault([outage]);
    await pass(minutes(1));
    expect(state.warnings).toEqual([
      expect.stringContaining("okta-hook-secret could not be read (503)"),
    ]);
    await pass(3_000);
    expect(state.warnings.slice(1)).toEqual([
      expect.stringContaining("(503, 5 times since the last warning)"),
    ]);
  });

  test.each<[string, unknown]>([
    ["(403)", Object.assign(new Error("secret words"), { statusCode: 403 })],
    ["(ECONNREFUSED)", Object.assign(new Error("secret words"), { code: "ECONNREFUSED" })],
    ["(TypeError)", new TypeError("secret words", { cause: "secret words" })],
    ["okta-hook-secret", "secret words"],
    ["okta-hook-secret", undefined],
  ])("a failed read is logged as %s, never with the error's message", async (kind, error) => {
    // JavaScript can throw values that are not errors.
    const thrown = error as Error;
    const { state } = vault([], { read: () => Promise.reject(thrown) });
    await pass(0);
    expect(state.warnings).toEqual([expect.stringContaining(kind)]);
    expect(state.warnings[0]).not.toContain("secret words");
  });
});

describe("a secret without a version in the vault", () => {
  test("the app reads a secret without a version again after pauses that grow", async () => {
    const { state } = vault([[]]);
    await pass(minutes(10));
    expect(state.reads).toBeGreaterThan(5);
    expect(state.reads).toBeLessThan(20);
  });

  test("if a secret has no version yet, a request waits for the next read", async () => {
    const { secret } = vault([[], [], ["a"]]);
    expect(await get(secret, readMs)).toEqual([]);
    expect(secret.isAbsent()).toBe(true);
    await pass(2_000 + readMs);
    expect(await get(secret, 0)).toEqual([]);
    await pass(4_000 - 1_000);
    expect(await get(secret, 1_000 + readMs)).toEqual(["a"]);
  });
});
