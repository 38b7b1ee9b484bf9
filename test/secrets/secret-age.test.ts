import {
  get,
  hours,
  minutes,
  outage,
  pass,
  readMs,
  reload,
  sleepThrough,
  vault,
  type Answer,
} from "./reading-secrets.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

describe("past the maximum age", () => {
  /** A secret that was read, and then slept with its process. */
  async function past(then: Answer[], sleptMs = minutes(11)) {
    const { secret, state } = vault([["a"], ...then]);
    await pass(readMs);
    sleepThrough(sleptMs);
    return { secret, state };
  }

  test("a hook waits for one read, which all share, and believes what that brings", async () => {
    const { secret, state } = await past([["b"]], minutes(10));
    const waiting = Array.from({ length: 300 }, () => get(secret, readMs));
    expect(await Promise.all(waiting)).toEqual(waiting.map(() => ["b"]));
    expect(state.reads).toBe(2);
  });

  test("whoever cannot wait has the last good value, and starts the read", async () => {
    const { secret, state } = await past([["b"]]);
    expect([secret.current(), state.reads]).toEqual([["a"], 2]);
  });

  test("before it nobody waits: the read runs behind", async () => {
    const { secret, state } = await past([["b"]], minutes(10) - readMs - 1);
    expect([await get(secret), state.reads]).toEqual([["a"], 2]);
  });

  test("a hook waits a second and no longer, and then nobody does until a read has succeeded", async () => {
    const { secret, state } = await past(["hang", outage, ["b"]]);
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
    const { secret, state } = await past(["hang"]);
    expect(await get(secret, 1_000)).toEqual(["a"]);
    void reload(secret);
    expect([await get(secret), state.reads]).toEqual([["a"], 3]);
  });

  test("a read that fails ends the wait with the last good value, and the next hook does not wait", async () => {
    const { secret } = await past([outage]);
    expect(await get(secret, readMs)).toEqual(["a"]);
    expect(await get(secret)).toEqual(["a"]);
  });

  test("the wait ends with the budget too", async () => {
    const { secret } = await past(["hang"]);
    expect(await get(secret, 500, 500)).toEqual(["a"]);
    expect(await get(secret, 0, 0)).toEqual(["a"]);
  });
});

test("through an outage of the vault the last good value serves at once for as long as is set, and not longer", async () => {
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
