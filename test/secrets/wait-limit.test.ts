import { systemClock } from "../../src/timing/clock.ts";
import { createWaitLimit } from "../../src/secrets/secret.ts";
import { startDeadline } from "../../src/timing/deadline.ts";
import { get, given, pass, readMs, vault } from "./reading-secrets.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** What each of two routes shares with the other. */
function twoSecrets(first: Parameters<typeof vault>[0], second: Parameters<typeof vault>[0]) {
  const wait = createWaitLimit(systemClock, 16);
  return [vault(first, { wait }), vault(second, { name: "receipt-secret", wait })] as const;
}

const budget = () => startDeadline(systemClock, 2_500);
const times = <Value>(count: number, ask: () => Value) => Array.from({ length: count }, ask);

describe("while 16 requests of strangers wait for a reload", () => {
  test("others have the values that are known at once, on each route", async () => {
    const [hook, receipts] = twoSecrets([["a"]], [["r"]]);
    await pass(2_000);
    const waiting = times(16, () => receipts.secret.reload(budget()));
    expect(await given(hook.secret.reload(budget()))).toEqual(["a"]);
    expect(await given(receipts.secret.reload(budget()))).toEqual(["r"]);
    expect(await given(waiting[15] as (typeof waiting)[0])).toBeUndefined();
  });

  test("and go on once those are answered, or their time is over", async () => {
    const [{ secret }] = twoSecrets([["a"], ["a"], "hang"], [["r"]]);
    await pass(2_000);
    for (const lastsMs of [readMs, 2_500]) {
      void times(16, () => secret.reload(budget()));
      expect(await given(secret.reload(budget()))).toEqual(["a"]);
      await pass(lastsMs);
      await pass(10_000);
    }
    expect(await given(secret.reload(budget()))).toBeUndefined();
  });

  test("a rotated secret is known soon all the same: whoever does not wait has the read started", async () => {
    const [hook, receipts] = twoSecrets([["a"], ["b", "a"]], [["r"], "hang"]);
    await pass(2_000);
    void times(16, () => receipts.secret.reload(budget()));
    expect(await given(hook.secret.reload(budget()))).toEqual(["a"]);
    await pass(readMs);
    expect(hook.secret.current()).toEqual(["b", "a"]);
  });

  test("the vault is asked for each secret once in ten seconds, however many come", async () => {
    const [hook, receipts] = twoSecrets([["a"]], [["r"]]);
    for (let ms = 0; ms < 60_000; ms += 100) {
      void times(5, () => hook.secret.reload(budget()));
      void receipts.secret.reload(budget());
      await pass(100);
    }
    // The first read, and six.
    expect([hook.state.reads, receipts.state.reads]).toEqual([7, 7]);
  });
});

test("a request whose secret is known waits for nobody", async () => {
  const [hook, receipts] = twoSecrets([["a"]], [["r"]]);
  await pass(2_000);
  void times(100, () => receipts.secret.reload(budget()));
  expect(await get(hook.secret)).toEqual(["a"]);
});

test("an optional secret that cannot be read holds 16 of its callers, and the others not at all", async () => {
  const { secret } = vault(["hang"], { optional: true, wait: createWaitLimit(systemClock, 16) });
  const waiting = times(16, () => secret.get(budget()));
  expect(await given(secret.get(budget()))).toEqual([]);
  expect(await given(waiting[15] as (typeof waiting)[0])).toBeUndefined();
});
