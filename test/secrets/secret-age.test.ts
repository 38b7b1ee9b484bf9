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

describe("a secret past its maximum age", () => {
  async function secretPastAge(then: Answer[], sleptMs = minutes(11)) {
    const { secret, state } = vault([["a"], ...then]);
    await pass(readMs);
    sleepThrough(sleptMs);
    return { secret, state };
  }

  test("all requests wait for the same read, and get the values of that read", async () => {
    const { secret, state } = await secretPastAge([["b"]], minutes(10));
    const waiting = Array.from({ length: 300 }, () => get(secret, readMs));
    expect(await Promise.all(waiting)).toEqual(waiting.map(() => ["b"]));
    expect(state.reads).toBe(2);
  });

  test("current() returns the last good value, and starts a read", async () => {
    const { secret, state } = await secretPastAge([["b"]]);
    expect([secret.current(), state.reads]).toEqual([["a"], 2]);
  });

  test("a secret just before its maximum age is returned while a read is pending", async () => {
    const { secret, state } = await secretPastAge([["b"]], minutes(10) - readMs - 1);
    expect([await get(secret), state.reads]).toEqual([["a"], 2]);
  });

  test("requests wait one second in total until a read succeeds", async () => {
    const { secret, state } = await secretPastAge(["hang", outage, ["b"]]);
    expect(await get(secret, 999)).toBeUndefined();
    // The first request has waited 999 ms of the one second that all requests share.
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

  test("after a read that hangs, a request does not wait for another caller's reload", async () => {
    const { secret, state } = await secretPastAge(["hang"]);
    expect(await get(secret, 1_000)).toEqual(["a"]);
    void reload(secret);
    expect([await get(secret), state.reads]).toEqual([["a"], 2]);
  });

  test("a failed read ends the wait, and the next request does not wait", async () => {
    const { secret } = await secretPastAge([outage]);
    expect(await get(secret, readMs)).toEqual(["a"]);
    expect(await get(secret)).toEqual(["a"]);
  });

  test("a request waits for a new secret no longer than the deadline of the request", async () => {
    const { secret } = await secretPastAge(["hang"]);
    expect(await get(secret, 500, 500)).toEqual(["a"]);
    expect(await get(secret, 0, 0)).toEqual(["a"]);
  });
});

test("a secret keeps its last good value for `outageMs` of a vault outage", async () => {
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
