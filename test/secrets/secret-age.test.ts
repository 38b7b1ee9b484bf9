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
  /** A secret that was read before its process was frozen. */
  async function past(then: Answer[], sleptMs = minutes(11)) {
    const { secret, state } = vault([["a"], ...then]);
    await pass(readMs);
    sleepThrough(sleptMs);
    return { secret, state };
  }

  test("requests wait for one shared read, and get its values", async () => {
    const { secret, state } = await past([["b"]], minutes(10));
    const waiting = Array.from({ length: 300 }, () => get(secret, readMs));
    expect(await Promise.all(waiting)).toEqual(waiting.map(() => ["b"]));
    expect(state.reads).toBe(2);
  });

  test("a caller that does not wait gets the last good value, and starts a read", async () => {
    const { secret, state } = await past([["b"]]);
    expect([secret.current(), state.reads]).toEqual([["a"], 2]);
  });

  test("does not wait just before the maximum age, when a read is pending", async () => {
    const { secret, state } = await past([["b"]], minutes(10) - readMs - 1);
    expect([await get(secret), state.reads]).toEqual([["a"], 2]);
  });

  test("a request waits at most a second, and later ones do not wait until a read has succeeded", async () => {
    const { secret, state } = await past(["hang", outage, ["b"]]);
    expect(await get(secret, 999)).toBeUndefined();
    // A later request waits for the same second.
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

  test("a request does not wait for another caller's reload after a read that hangs", async () => {
    const { secret, state } = await past(["hang"]);
    expect(await get(secret, 1_000)).toEqual(["a"]);
    void reload(secret);
    expect([await get(secret), state.reads]).toEqual([["a"], 3]);
  });

  test("a read that fails ends the wait with the last good value, and the next request does not wait", async () => {
    const { secret } = await past([outage]);
    expect(await get(secret, readMs)).toEqual(["a"]);
    expect(await get(secret)).toEqual(["a"]);
  });

  test("the wait ends at the deadline", async () => {
    const { secret } = await past(["hang"]);
    expect(await get(secret, 500, 500)).toEqual(["a"]);
    expect(await get(secret, 0, 0)).toEqual(["a"]);
  });
});

test("during an outage of the vault, returns the last good value at once until the set time has passed", async () => {
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
