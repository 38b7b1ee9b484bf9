import { startBudget } from "../../src/deadline.ts";
import { minutes, outage, pass, reload, vault } from "./reading-secrets.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("a reload", () => {
  test("waits for one read, and gives what it brought", async () => {
    const { secret, state } = vault(["a"], ["b", "a"]);
    await pass(200);
    expect(await reload(secret, 100)).toEqual(["b", "a"]);
    expect(state.reads).toBe(2);
  });

  test("is one for all who ask at once, each of whom gets the new values", async () => {
    const { secret, state } = vault(["a"], ["b"]);
    await pass(200);
    const all = Array.from({ length: 50 }, () => secret.reload(startBudget(2_500)));
    await pass(100);
    expect(await Promise.all(all)).toEqual(all.map(() => ["b"]));
    expect(state.reads).toBe(2);
  });

  test("is made once in 10 s for all", async () => {
    const { secret, state } = vault(["a"]);
    await pass(200);
    for (let count = 0; count < 99; count++) expect(await reload(secret, 100)).toEqual(["a"]);
    expect(state.reads).toBe(2);
    await pass(200);
    await reload(secret, 100);
    expect(state.reads).toBe(3);
  });

  test("within the cooldown gives what there is without a wait", async () => {
    const { secret } = vault(["a"], ["b"], "hang");
    await pass(200);
    await reload(secret, 100);
    expect(await reload(secret, 0)).toEqual(["b"]);
  });

  test("joins a read that is running", async () => {
    const { secret, state } = vault(["a"], ["b"]);
    await pass(200 + minutes(5));
    secret.current();
    expect(await reload(secret, 100)).toEqual(["b"]);
    expect(state.reads).toBe(2);
  });

  test("is waited for within the deadline, and then the old values are good", async () => {
    const { secret } = vault(["a"], "hang");
    await pass(200);
    expect(await reload(secret, 2_499)).toBeUndefined();
    expect(await reload(secret, 2_500)).toEqual(["a"]);
  });

  test("that fails keeps the old values, and does not reject", async () => {
    const { secret } = vault(["a"], outage);
    await pass(200);
    expect(await reload(secret, 100)).toEqual(["a"]);
  });

  test("does not wait for the pause after a failed read", async () => {
    const { secret } = vault(outage, ["a"]);
    await pass(200);
    expect(await reload(secret, 100)).toEqual(["a"]);
  });
});
