import { systemClock } from "../../src/timing/clock.ts";
import { startDeadline } from "../../src/timing/deadline.ts";
import { get, minutes, outage, pass, readMs, reload, vault } from "./reading-secrets.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("a reload", () => {
  test("waits for one read, and gives what it brought", async () => {
    const { secret, state } = vault([["a"], ["b", "a"]]);
    await pass(2_000);
    expect(await reload(secret, readMs)).toEqual(["b", "a"]);
    expect(state.reads).toBe(2);
  });

  test("is one for all who ask while it runs, each of whom gets the new values", async () => {
    const { secret, state } = vault([["a"], ["b"]]);
    await pass(2_000);
    const first = secret.reload(startDeadline(systemClock, 2_500));
    await pass(50);
    const others = Array.from({ length: 50 }, () => secret.reload(startDeadline(systemClock, 2_500)));
    await pass(50);
    expect(await Promise.all([first, ...others])).toEqual(Array.from({ length: 51 }, () => ["b"]));
    expect(state.reads).toBe(2);
  });

  test("starts at most one read in ten seconds, however many ask, and nobody waits for the next", async () => {
    const { secret, state } = vault([["a"], ["a"], ["b"]]);
    await pass(2_000);
    await reload(secret, readMs);
    expect(await reload(secret)).toEqual(["a"]);
    for (let count = 0; count < 1_000; count++) {
      void secret.reload(startDeadline(systemClock, 2_500));
      await pass(10);
    }
    expect(state.reads).toBe(3);
    expect(secret.current()).toEqual(["b"]);
  });

  test("is made again ten seconds after one that hangs", async () => {
    const { secret, state } = vault([["a"], "hang", ["b"]]);
    await pass(2_000);
    void secret.reload(startDeadline(systemClock, 2_500));
    await pass(10_000);
    expect(await reload(secret, readMs)).toEqual(["b"]);
    expect(state.reads).toBe(3);
  });

  test("is not undone by an older read that ends after it", async () => {
    const answers = [["a"], ["old"], ["new"]];
    const { secret } = vault(answers, {
      read: () => {
        const value = answers.shift()?.[0] ?? "";
        return new Promise((resolve) => setTimeout(resolve, value === "old" ? 9_000 : readMs, [{ value }]));
      },
    });
    // The refresh is the old read.
    await pass(minutes(5) + 2_000);
    expect(await reload(secret, readMs)).toEqual(["new"]);
    await pass(9_000);
    expect(secret.current()).toEqual(["new"]);
  });

  test("is not undone by an older read that fails after it, and nobody is warned", async () => {
    const { secret, state } = vault([["a"], "hang", ["b"]]);
    await pass(minutes(5) + 2_000);
    await reload(secret, readMs);
    await pass(10_000);
    expect([secret.current(), state.warnings, state.reads]).toEqual([["b"], [], 3]);
  });

  test("is what those wait for who come when an older read has ended", async () => {
    const { secret, state } = vault(["hang", ["a"]]);
    await pass(9_950);
    void secret.reload(startDeadline(systemClock, 2_500));
    await pass(50);
    expect(await get(secret, readMs - 50)).toEqual(["a"]);
    expect(state.reads).toBe(2);
  });

  test("is waited for within the deadline, and then the old values are good", async () => {
    const { secret } = vault([["a"], "hang"]);
    await pass(2_000);
    expect(await reload(secret, 2_499)).toBeUndefined();
    expect(await reload(secret, 2_500)).toEqual(["a"]);
  });

  test("that fails keeps the old values, and does not reject", async () => {
    const { secret } = vault([["a"], outage]);
    await pass(2_000);
    expect(await reload(secret, readMs)).toEqual(["a"]);
  });

  test("does not wait for the pause after a failed read", async () => {
    const { secret } = vault([outage, outage, outage, outage, ["a"]]);
    await pass(17_000);
    expect(await reload(secret, readMs)).toEqual(["a"]);
  });

  test("holds up no refresh", async () => {
    const { secret, state } = vault([["a"], ["b"]]);
    await pass(minutes(5) + 50);
    void secret.reload(startDeadline(systemClock, 2_500));
    await pass(minutes(20));
    expect(state.reads).toBeGreaterThanOrEqual(5);
  });
});
