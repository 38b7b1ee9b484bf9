import { startBudget } from "../../src/deadline.ts";
import { knownSecret } from "../../src/secrets/secret.ts";
import { get, minutes, outage, pass, reload, vault } from "./reading-secrets.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("the first read", () => {
  test("starts at once, and is shared by all who wait for it", async () => {
    const { secret, state } = vault(["a"]);
    expect(state.reads).toBe(1);
    expect(secret.current()).toEqual([]);
    const waiting = Promise.all(Array.from({ length: 50 }, () => secret.get(startBudget(2_500))));
    await pass(100);
    expect(await waiting).toEqual(Array.from({ length: 50 }, () => ["a"]));
    expect(secret.current()).toEqual(["a"]);
    expect(state.reads).toBe(1);
  });

  test("is waited for within the deadline, and no longer", async () => {
    const { secret } = vault("hang");
    expect(await get(secret, 2_499)).toBeUndefined();
    expect(await get(secret, 2_500)).toEqual([]);
  });

  test("that fails is tried again within the same wait", async () => {
    const { secret } = vault(outage, ["a"]);
    expect(await get(secret, 2_300)).toEqual(["a"]);
  });

  test("that never returns is given up after 10 s, and tried again", async () => {
    const { secret, state } = vault("hang", ["a"]);
    await pass(9_999);
    expect(state.reads).toBe(1);
    await pass(2_200);
    expect(state.reads).toBe(2);
    expect(secret.current()).toEqual(["a"]);
    expect(state.warnings).toHaveLength(1);
  });
});

describe("a value", () => {
  test("is fresh for 5 minutes", async () => {
    const { secret, state } = vault(["a"], ["b"]);
    await pass(100 + minutes(5));
    expect(await get(secret)).toEqual(["a"]);
    expect(state.reads).toBe(1);
  });

  test("is served stale while one refresh runs behind, once the hook that met it is answered", async () => {
    const { secret, state } = vault(["a"], ["b"]);
    await pass(200 + minutes(5));
    for (let count = 0; count < 20; count++) expect(await get(secret)).toEqual(["a"]);
    expect(state.reads).toBe(1);
    await pass(200);
    for (let count = 0; count < 20; count++) expect(await get(secret)).toEqual(["a"]);
    expect(state.reads).toBe(2);
    await pass(100);
    expect(secret.current()).toEqual(["b"]);
    expect(state.reads).toBe(2);
  });

  test("is not read again while nobody asks", async () => {
    const { state } = vault(["a"]);
    await pass(minutes(600));
    expect(state.reads).toBe(1);
  });

  test("is served without a wait, even where the deadline has passed", async () => {
    const { secret } = vault(["a"], "hang");
    await pass(200 + minutes(5));
    expect(await get(secret, 0, 0)).toEqual(["a"]);
  });

  test("is kept through an outage of the vault, however long", async () => {
    const { secret, state } = vault(["a"], outage);
    await pass(200);
    for (let hour = 0; hour < 12; hour++) {
      await pass(minutes(60));
      expect(await get(secret)).toEqual(["a"]);
    }
    expect(state.reads).toBeGreaterThan(12);
  });

  test("is kept where the refresh never returns", async () => {
    const { secret } = vault(["a"], "hang");
    await pass(200 + minutes(5));
    expect(await get(secret)).toEqual(["a"]);
    await pass(minutes(1));
    expect(await get(secret)).toEqual(["a"]);
  });

  test("that the vault no longer has is no longer accepted", async () => {
    const { secret } = vault(["a"], []);
    await pass(200 + minutes(5));
    await get(secret, 300);
    expect(secret.current()).toEqual([]);
  });
});

test("a value that is known from the start is there in every way", async () => {
  const secret = knownSecret("OKTA_HOOK_SECRET", "a");
  expect([secret.name, secret.current(), await get(secret), await reload(secret)]).toEqual([
    "OKTA_HOOK_SECRET",
    ["a"],
    ["a"],
    ["a"],
  ]);
});
