import { startDeadline, systemClock } from "../../src/timing/clock.ts";
import { createFixedValue, type Versions } from "../../src/secrets/refreshed-value.ts";
import {
  get,
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

describe("the first read", () => {
  test("the first read of a secret starts at once, and all requests wait for this read", async () => {
    const { secret, state } = vault([["a"]]);
    expect(secret.current()).toEqual([]);
    const waiting = Promise.all(
      Array.from({ length: 50 }, () => secret.get(startDeadline(systemClock, 2_500))),
    );
    await pass(readMs);
    expect(await waiting).toEqual(Array.from({ length: 50 }, () => ["a"]));
    expect(state.reads).toBe(1);
  });

  test("a request waits for the first read until its deadline", async () => {
    const { secret } = vault(["hang"]);
    expect(await get(secret, 2_499)).toBeUndefined();
    expect(await get(secret, 2_500)).toEqual([]);
  });

  test("if the first read fails, requests wait for a second read, which starts 2 s later", async () => {
    const { secret, state } = vault([outage, ["a"]]);
    expect(await get(secret, readMs + 2_000 + readMs)).toEqual(["a"]);
    expect(state.reads).toBe(2);
  });

  test("after 10 s, the app aborts a first read that hangs, and reads again", async () => {
    const { secret, state } = vault(["hang", ["a"]]);
    await pass(9_999);
    expect(state).toMatchObject({ reads: 1, aborted: 0 });
    await pass(2_200);
    expect(state).toMatchObject({ reads: 2, aborted: 1 });
    expect(secret.current()).toEqual(["a"]);
    expect(state.warnings).toEqual([expect.stringContaining("timed out")]);
  });
});

test("a secret is read again every 5 minutes in the background, even without requests", async () => {
  const { secret, state } = vault([["a"], ["b"], ["c"]]);
  await pass(minutes(5) + readMs - 1);
  expect([await get(secret), state.reads]).toEqual([["a"], 1]);
  await pass(1);
  expect(await get(secret)).toEqual(["a"]);
  await pass(readMs);
  expect(await get(secret)).toEqual(["b"]);
  await pass(minutes(60));
  expect(state.reads).toBeGreaterThan(11);
  expect(state.reads).toBeLessThan(15);
  expect(secret.current()).toEqual(["c"]);
});

describe("the version in use", () => {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

  function inUseOf(answers: Answer[]) {
    const seen: (Date | undefined)[] = [];
    const onInUse = ({ expiresOn }: Versions[number]) => seen.push(expiresOn);
    return { ...vault(answers, { onInUse }), seen };
  }

  test("before a caller sends a version, onInUse gets the newest live version of each read", async () => {
    const [later, newest] = [inDays(200), inDays(170)];
    const version = { value: "new", expiresOn: newest };
    const notYet = { value: "later", notBefore: inDays(1), expiresOn: later };
    const spare = { value: undefined };
    const { seen } = inUseOf([[notYet, version, "old", spare], outage, []]);
    await pass(minutes(6));
    expect(seen).toEqual([newest]);
  });

  test("onInUse gets the older version when a caller sends it, and after each read until a caller sends the newest", async () => {
    const [newest, older] = [inDays(170), inDays(3)];
    const versions = [
      { value: "new", expiresOn: newest },
      { value: "old", expiresOn: older },
    ];
    const { secret, seen } = inUseOf([versions]);
    await pass(readMs);
    for (let request = 0; request < 3; request++) secret.noteSent("old");
    expect(seen).toEqual([newest, older]);
    await pass(minutes(5) + readMs);
    secret.noteSent("new");
    expect(seen).toEqual([newest, older, older, newest]);
  });
});

describe("the versions of a read", () => {
  const after = (ms: number) => new Date(Date.now() + ms);

  test("the newest `count` versions of a secret are accepted, each from its start time", async () => {
    const { secret } = vault([[{ value: "new", notBefore: after(minutes(2)) }, "b", "a", "0"]]);
    await pass(minutes(2) - 1);
    expect(secret.current()).toEqual(["b", "a"]);
    await pass(1);
    expect(secret.current()).toEqual(["new", "b"]);
  });

  test("a version is accepted until its expiry, and the first request after the expiry waits for a read", async () => {
    const { secret, state } = vault([[{ value: "a", expiresOn: after(minutes(2)) }], ["b"]]);
    await pass(minutes(2) - 1);
    expect(secret.current()).toEqual(["a"]);
    await pass(1);
    expect(state.reads).toBe(1);
    expect(await get(secret, readMs)).toEqual(["b"]);
    expect(state.reads).toBe(2);
  });
});

describe("a third enabled version", () => {
  test("a third enabled version is never accepted, and is logged once until it is gone", async () => {
    const spare = { value: undefined };
    const { secret, state } = vault([["b", "a", spare], ["b", "a", spare], ["a"], ["a", spare]]);
    await pass(readMs);
    expect([secret.hasSpareVersions(), secret.current()]).toEqual([true, ["b", "a"]]);
    await pass(minutes(6));
    expect(state.warnings).toEqual([
      expect.stringMatching(/^okta-hook-secret has more than two enabled versions/),
    ]);
    await pass(minutes(5) + readMs);
    expect(secret.hasSpareVersions()).toBe(false);
    await pass(minutes(5) + readMs);
    expect([secret.current(), state.warnings.length]).toEqual([["a"], 2]);
  });
});

describe("a value under 16 characters", () => {
  const strong = "0123456789abcdef";
  const weak = strong.slice(1);

  test("a secret under 16 characters is accepted, and each short value causes one warning", async () => {
    const { secret, state } = vault([[weak], [weak], ["short", weak], [strong, strong]], {
      minLength: 16,
    });
    expect(secret.isWeak()).toBe(false);
    await pass(minutes(6));
    expect(secret.isWeak()).toBe(true);
    expect(state.warnings).toEqual([
      expect.stringMatching(/^okta-hook-secret has fewer than 16 characters/),
    ]);
    await pass(minutes(5));
    expect(secret.current()).toEqual(["short", weak]);
    expect(state.warnings).toHaveLength(2);
    await pass(minutes(5));
    expect(secret.isWeak()).toBe(false);
    expect(state.warnings.join()).not.toMatch(/short\b|1234/);
  });

  test.each([
    [strong, [strong], false, false],
    [weak, [weak], false, true],
    [undefined, [], true, false],
  ])(
    "createFixedValue returns the value %s, and warns if the value is short",
    async (value, values, absent, isWeak) => {
      const warnings: string[] = [];
      const warn = (message: string) => warnings.push(message);
      const secret = createFixedValue({ name: "OKTA_HOOK_SECRET", value, minLength: 16, warn });
      expect([secret.current(), await get(secret), await reload(secret)]).toEqual([
        values,
        values,
        values,
      ]);
      expect([secret.name, secret.isAbsent(), secret.isWeak()]).toEqual([
        "OKTA_HOOK_SECRET",
        absent,
        isWeak,
      ]);
      expect(warnings).toHaveLength(isWeak ? 1 : 0);
    },
  );
});
