import { get, hours, minutes, outage, pass, readMs, reload, sleepThrough, vault } from "./reading-secrets.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

describe("past the maximum age", () => {
  test("a hook waits for one read, which all share, and believes what that brings", async () => {
    const { secret, state } = vault([["a"], ["b"]]);
    await pass(readMs);
    sleepThrough(minutes(10));
    const waiting = Array.from({ length: 300 }, () => get(secret, readMs));
    expect(await Promise.all(waiting)).toEqual(waiting.map(() => ["b"]));
    expect(state.reads).toBe(2);
  });

  test("a secret that was disabled meanwhile is not accepted once", async () => {
    const { secret } = vault([["a"], []]);
    await pass(readMs);
    sleepThrough(minutes(11));
    expect(await get(secret, readMs)).toEqual([]);
  });

  test("whoever cannot wait has the last good value, and starts the read", async () => {
    const { secret, state } = vault([["a"], ["b"]]);
    await pass(readMs);
    sleepThrough(minutes(11));
    expect(secret.current()).toEqual(["a"]);
    expect(state.reads).toBe(2);
  });

  test("before it nobody waits: the read runs behind", async () => {
    const { secret, state } = vault([["a"], ["b"]]);
    await pass(readMs);
    sleepThrough(minutes(10) - readMs - 1);
    expect(await get(secret)).toEqual(["a"]);
    expect(state.reads).toBe(2);
  });

  test("a hook waits a second and no longer, and then nobody does until a read has succeeded", async () => {
    const { secret, state } = vault([["a"], "hang", outage, ["b"]]);
    await pass(readMs);
    sleepThrough(minutes(11));
    expect(await get(secret, 999)).toBeUndefined();
    // One that comes later waits for the same second.
    expect(await get(secret, 1)).toEqual(["a"]);
    for (let second = 0; second < 10; second++) {
      expect(await get(secret)).toEqual(["a"]);
      await pass(1_000);
    }
    expect(state.reads).toBe(2);
    await pass(6_000);
    expect(await get(secret)).toEqual(["b"]);
    sleepThrough(minutes(11));
    expect(await get(secret)).toBeUndefined();
  });

  test("nor does a hook wait for a reload that somebody else has started after a read that hangs", async () => {
    const { secret, state } = vault([["a"], "hang"]);
    await pass(readMs);
    sleepThrough(minutes(11));
    expect(await get(secret, 1_000)).toEqual(["a"]);
    void reload(secret);
    expect(await get(secret)).toEqual(["a"]);
    expect(state.reads).toBe(3);
  });

  test("a hook does not wait where reads are failing", async () => {
    const { secret, state } = vault([["a"], outage]);
    await pass(minutes(5) + readMs + readMs);
    expect(state.reads).toBe(2);
    sleepThrough(minutes(11));
    expect(await get(secret)).toEqual(["a"]);
  });

  test("a read that fails ends the wait, with the last good value", async () => {
    const { secret } = vault([["a"], outage]);
    await pass(readMs);
    sleepThrough(minutes(11));
    expect(await get(secret, readMs)).toEqual(["a"]);
  });

  test("the wait ends with the budget too", async () => {
    const { secret } = vault([["a"], "hang"]);
    await pass(readMs);
    sleepThrough(minutes(11));
    expect(await get(secret, 500, 500)).toEqual(["a"]);
    expect(await get(secret, 0, 0)).toEqual(["a"]);
  });
});

describe("through an outage of the vault", () => {
  test("the last good value serves at once for as long as is set, and not longer", async () => {
    const { secret, state } = vault([["a"], outage], { outageMs: hours(24) });
    await pass(readMs);
    for (let hour = 0; hour < 24; hour++) {
      expect(await get(secret)).toEqual(["a"]);
      await pass(hours(1));
    }
    expect(secret.current()).toEqual([]);
    expect(await get(secret, 2_500)).toEqual([]);
    expect(state.warnings.length).toBeGreaterThan(100);
  });

  test("the value that comes after it is taken at once by those who wait", async () => {
    const { secret } = vault([["a"], outage, outage, outage, outage, outage, ["b"]], { outageMs: minutes(6) });
    await pass(minutes(6) + readMs);
    expect(await get(secret, 2_000)).toEqual(["b"]);
  });

  test("a hook has the last good value where reads never return", async () => {
    const { secret } = vault([["a"], "hang"]);
    for (let hour = 0; hour < 72; hour++) {
      await pass(hours(1) - minutes(1));
      expect(await get(secret)).toEqual(["a"]);
      await pass(minutes(1));
    }
    await pass(1);
    expect(secret.current()).toEqual([]);
  });
});
