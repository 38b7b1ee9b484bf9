import { systemClock } from "../../src/timing/clock.ts";
import { startDeadline } from "../../src/timing/deadline.ts";
import { knownSecret } from "../../src/secrets/secret.ts";
import type { Versions } from "../../src/secrets/version.ts";
import { get, minutes, outage, pass, readMs, reload, vault } from "./reading-secrets.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("the first read", () => {
  test("starts at once, and is shared by all who wait for it", async () => {
    const { secret, state } = vault([["a"]]);
    expect(state.reads).toBe(1);
    expect(secret.current()).toEqual([]);
    const waiting = Promise.all(Array.from({ length: 50 }, () => secret.get(startDeadline(systemClock, 2_500))));
    await pass(readMs);
    expect(await waiting).toEqual(Array.from({ length: 50 }, () => ["a"]));
    expect(secret.current()).toEqual(["a"]);
    expect(state.reads).toBe(1);
  });

  test("is waited for within the deadline, and no longer", async () => {
    const { secret } = vault(["hang"]);
    expect(await get(secret, 2_499)).toBeUndefined();
    expect(await get(secret, 2_500)).toEqual([]);
  });

  test("that fails is tried again a second later by those who wait for it", async () => {
    const { secret, state } = vault([outage, outage, ["a"]]);
    expect(await get(secret, 1_000 + 1_000 + readMs)).toEqual(["a"]);
    expect(state.reads).toBe(3);
  });

  test("that never returns is aborted after 10 s, and tried again", async () => {
    const { secret, state } = vault(["hang", ["a"]]);
    await pass(9_999);
    expect(state).toMatchObject({ reads: 1, aborted: 0 });
    await pass(2_200);
    expect(state).toMatchObject({ reads: 2, aborted: 1 });
    expect(secret.current()).toEqual(["a"]);
    expect(state.warnings).toEqual([expect.stringContaining("timed out")]);
  });
});

describe("a value", () => {
  test("is fresh for 5 minutes", async () => {
    const { secret, state } = vault([["a"], ["b"]]);
    await pass(minutes(5) + readMs - 1);
    expect(await get(secret)).toEqual(["a"]);
    expect(state.reads).toBe(1);
  });

  test("is read anew behind the hooks, also while nobody asks", async () => {
    const { secret, state } = vault([["a"], ["b"], ["c"]]);
    await pass(minutes(5) + readMs);
    expect(await get(secret)).toEqual(["a"]);
    await pass(readMs);
    expect(await get(secret)).toEqual(["b"]);
    await pass(minutes(60));
    expect(state.reads).toBeGreaterThan(11);
    expect(state.reads).toBeLessThan(15);
    expect(secret.current()).toEqual(["c"]);
  });

  test("that the vault no longer has is no longer accepted", async () => {
    const { secret } = vault([["a"], []]);
    await pass(minutes(5) + readMs + readMs);
    expect(secret.current()).toEqual([]);
  });

  test("is handed to whoever wants to know, with its expiry, after each good read", async () => {
    const seen: Versions[] = [];
    const expiresOn = new Date("2030-01-01");
    const version = { value: "a", expiresOn };
    vault([[version], outage, []], { onRead: (versions) => seen.push(versions) });
    await pass(minutes(6));
    expect(seen.slice(0, 2)).toEqual([[version], []]);
  });
});

describe("of the versions that a read brought", () => {
  const after = (ms: number) => new Date(Date.now() + ms);

  test("one is accepted from the moment at which it begins", async () => {
    const { secret } = vault([[{ value: "new", notBefore: after(minutes(2)) }, "b", "a"]]);
    await pass(readMs);
    expect(secret.current()).toEqual(["b", "a"]);
    await pass(minutes(2) - readMs);
    expect(secret.current()).toEqual(["new", "b"]);
  });

  test("one is accepted until the moment at which it expires", async () => {
    const { secret, state } = vault([[{ value: "b", expiresOn: after(minutes(2)) }, "a"]]);
    await pass(minutes(2) - 1);
    expect(secret.current()).toEqual(["b", "a"]);
    await pass(1);
    expect(secret.current()).toEqual(["a"]);
    expect(state.reads).toBe(1);
  });

  test("as many count as are asked for, the newest", async () => {
    const { secret } = vault([["c", "b", "a"]], { count: 1 });
    await pass(readMs);
    expect(secret.current()).toEqual(["c"]);
  });

  test("the last that expires leads to a read, for which the hook waits", async () => {
    const { secret, state } = vault([[{ value: "a", expiresOn: after(minutes(2)) }], ["b"]]);
    await pass(minutes(2));
    expect(await get(secret, readMs)).toEqual(["b"]);
    expect(state.reads).toBe(2);
  });
});

test("a value that is known from the start is there in every way", async () => {
  const secret = knownSecret({ name: "OKTA_HOOK_SECRET", value: "a", warn: () => undefined });
  const values = [secret.current(), await get(secret), await reload(secret)];
  expect([secret.name, ...values]).toEqual(["OKTA_HOOK_SECRET", ["a"], ["a"], ["a"]]);
});
