import { createWaitLimit, startDeadline, systemClock } from "../../src/timing/clock.ts";
import {
  valuesAfter,
  minutes,
  outage,
  pass,
  readMs,
  reload,
  vault,
  type Answer,
} from "./reading-secrets.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const budget = () => startDeadline(systemClock, 2_500);
const times = <Value>(count: number, ask: () => Value) => Array.from({ length: count }, ask);

async function loaded(...answers: Answer[]) {
  const { secret, state } = vault(answers);
  await pass(2_000);
  return { secret, state };
}

describe("a reload", () => {
  test("all requests during a reload wait for the same read, and get the new values", async () => {
    const { secret, state } = await loaded(["a"], ["b", "a"]);
    const first = secret.reload(budget());
    await pass(50);
    const others = times(50, () => secret.reload(budget()));
    await pass(50);
    expect(await Promise.all([first, ...others])).toEqual(times(51, () => ["b", "a"]));
    expect(state.reads).toBe(2);
  });

  test("reload() starts at most one read in 10 s, and otherwise returns at once", async () => {
    const { secret, state } = await loaded(["a"], ["a"], ["b"]);
    await reload(secret, readMs);
    expect(await reload(secret)).toEqual(["a"]);
    for (let count = 0; count < 1_000; count++) {
      void secret.reload(budget());
      await pass(10);
    }
    expect(state.reads).toBe(3);
    expect(secret.current()).toEqual(["b"]);
  });

  test("if a reload hangs, another reload starts a new read after 10 s", async () => {
    const { secret, state } = await loaded(["a"], "hang", ["b"]);
    void secret.reload(budget());
    await pass(10_000);
    expect(await reload(secret, readMs)).toEqual(["b"]);
    expect(state.reads).toBe(3);
  });

  test("a reload waits for the read that is pending, and starts no second read", async () => {
    const { secret, state } = vault([["a"], ["b"]]);
    await pass(minutes(5) + readMs + 50);
    expect(await reload(secret, 50)).toEqual(["b"]);
    expect(state.reads).toBe(2);
  });

  test("a reload that begins while a read ends does not stop the background reads", async () => {
    const { secret, state } = vault([["a"]], { onInUse: () => void secret.reload(budget()) });
    await pass(minutes(20));
    expect(state.reads).toBeGreaterThanOrEqual(4);
  });

  test("reload() returns the old values at its deadline if the read hangs, and at once if the read fails", async () => {
    const { secret } = await loaded(["a"], "hang", outage);
    expect(await reload(secret, 2_499)).toBeUndefined();
    await pass(10_000);
    expect(await reload(secret, readMs)).toEqual(["a"]);
  });

  test("during the pause after a failed read, a reload starts a read at once", async () => {
    const { secret } = vault([outage, outage, outage, outage, ["a"]]);
    await pass(17_000);
    expect(await reload(secret, readMs)).toEqual(["a"]);
  });

  test("a reload does not delay the background reads", async () => {
    const { secret, state } = vault([["a"], ["b"]]);
    await pass(minutes(5) + 50);
    void secret.reload(budget());
    await pass(minutes(20));
    expect(state.reads).toBeGreaterThanOrEqual(5);
  });
});

describe("the limit of 16 waiting requests", () => {
  async function twoSecrets(first: Answer[], second: Answer[]) {
    const wait = createWaitLimit(systemClock, 16);
    const both = [vault(first, { wait }), vault(second, { name: "receipt-secret", wait })] as const;
    await pass(2_000);
    return both;
  }

  test("while 16 requests wait for a reload, other requests get known values at once", async () => {
    const [hook, receipts] = await twoSecrets([["a"]], [["r"]]);
    const waiting = times(16, () => receipts.secret.reload(budget()));
    expect(await valuesAfter(hook.secret.reload(budget()))).toEqual(["a"]);
    expect(await valuesAfter(receipts.secret.reload(budget()))).toEqual(["r"]);
    expect(await valuesAfter(waiting[15] as (typeof waiting)[0])).toBeUndefined();
    await pass(10_000);
    expect(await valuesAfter(receipts.secret.reload(budget()))).toBeUndefined();
  });

  test("when 16 waiting requests have reached their deadline, later requests can wait", async () => {
    const [, { secret }] = await twoSecrets([["a"]], [["r"], "hang"]);
    void times(16, () => secret.reload(budget()));
    await pass(2_499);
    expect(await valuesAfter(secret.reload(budget()))).toEqual(["r"]);
    await pass(10_000);
    expect(await valuesAfter(secret.reload(budget()))).toBeUndefined();
  });

  test("beyond the limit, a request does not wait, but starts a read that finds a rotated secret", async () => {
    const [hook, receipts] = await twoSecrets([["a"], ["b", "a"]], [["r"], "hang"]);
    void times(16, () => receipts.secret.reload(budget()));
    expect(await valuesAfter(hook.secret.reload(budget()))).toEqual(["a"]);
    await pass(readMs);
    expect(hook.secret.current()).toEqual(["b", "a"]);
  });
});

test("if the vault hangs, all requests wait for a required secret, but only 16 for an optional secret", async () => {
  for (const optional of [true, false]) {
    const { secret } = vault(["hang"], { optional, wait: createWaitLimit(systemClock, 16) });
    const waiting = times(17, () => secret.get(budget()));
    expect(await valuesAfter(waiting[15] as (typeof waiting)[0])).toBeUndefined();
    expect(await valuesAfter(waiting[16] as (typeof waiting)[0])).toEqual(
      optional ? [] : undefined,
    );
  }
});
