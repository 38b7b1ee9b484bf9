import { get, hours, minutes, outage, pass, readMs, vault } from "./reading-secrets.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const optional = { optional: true };

describe("an optional secret", () => {
  test("an optional secret is first read 5 s after the start", async () => {
    const { state } = vault([["a"]], optional);
    await pass(4_900);
    expect(state.reads).toBe(0);
    await pass(200);
    expect(state.reads).toBe(1);
  });

  test("if a request needs an optional secret, the app reads the secret at once", async () => {
    const { secret, state } = vault([["a"]], optional);
    expect([secret.current(), secret.isAbsent()]).toEqual([[], false]);
    const values = get(secret, readMs);
    expect(state.reads).toBe(1);
    expect([await values, secret.isAbsent()]).toEqual([["a"], false]);
  });

  test("an optional secret without a version is absent, and is read every 5 minutes", async () => {
    const { secret, state } = vault([[]], optional);
    expect(await get(secret, readMs)).toEqual([]);
    expect([secret.isAbsent(), state.warnings]).toEqual([true, []]);
    for (let asked = 0; asked < 100; asked++) expect(await get(secret)).toEqual([]);
    await pass(minutes(60));
    expect(state.reads).toBe(12);
  });

  test("within 5 minutes, the app notices that an optional secret was created or deleted", async () => {
    const { secret } = vault([[], ["a"], []], optional);
    await get(secret, readMs);
    await pass(minutes(5) + readMs);
    expect([await get(secret), secret.isAbsent()]).toEqual([["a"], false]);
    await pass(minutes(5) + readMs);
    expect([await get(secret), secret.isAbsent()]).toEqual([[], true]);
  });

  test("an optional secret does not count as absent before its first read or after a long outage", async () => {
    const failing = vault([outage], optional);
    expect(await get(failing.secret, 2_500)).toEqual([]);
    expect(failing.secret.isAbsent()).toBe(false);
    const removed = vault([[], outage], optional);
    await get(removed.secret, readMs);
    await pass(hours(71));
    expect(removed.secret.isAbsent()).toBe(true);
    await pass(hours(2));
    expect(removed.secret.isAbsent()).toBe(false);
  });
});
