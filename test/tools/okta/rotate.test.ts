import { first, startWorld, type World } from "./rotating.ts";

const worlds: World[] = [];
async function start(behindUrl?: number): Promise<World> {
  const started = await startWorld(behindUrl);
  worlds.push(started);
  return started;
}
let world: World;
beforeEach(async () => {
  world = await start();
});
afterEach(async () => {
  for (const started of worlds.splice(0)) await started.close();
});

const accepted = [200, 200];

test("rotate adds the new secret to each vault, waits, then gives it to Okta, and the old secret stays valid", async () => {
  const { error, calls } = await world.run();
  expect(error).toBeUndefined();
  expect(calls.filter((call) => /add|ask|slept|replace|value/.test(call)).slice(-5)).toEqual([
    "add kv-0",
    "add kv-1",
    "ask",
    "slept",
    "replaceHook",
  ]);
  const sent = world.oktaSends();
  expect(sent).toMatch(/^[\da-f]{64}$/);
  expect(world.liveValues()).toEqual([
    [sent, first],
    [sent, first],
  ]);
  expect([await world.hookStatuses(), world.waits]).toEqual([accepted, [360_000]]);
  const [hook] = world.org.hooks.all();
  expect(hook?.channel.config.headers).toEqual([{ key: "x-kept", value: "as it was" }]);
});

test("soon after a rotation, rotate explains its wait, waits, and disables the oldest version", async () => {
  await world.run();
  const between = world.oktaSends();
  world.waits.length = 0;
  const { error, said } = await world.run();
  expect([error, said[0]]).toEqual([
    undefined,
    expect.stringMatching(/^A version was changed less than 6 minutes ago, perhaps by an earlier/),
  ]);
  expect(world.waits).toEqual([expect.closeTo(360_000, -4), 360_000]);
  expect(world.liveValues()[0]).toEqual([world.oktaSends(), between]);
});

test.each([0, 1])(
  "if rotate is killed after any step, the app accepts Okta's secret, and the next run succeeds (app with vault %i)",
  async (behindUrl) => {
    const steps = (await world.run()).calls.length;
    expect(steps).toBeGreaterThan(12);
    for (let lives = 1; lives < steps; lives += 1) {
      const other = await start(behindUrl);
      await other.run(lives);
      const afterDeath = await other.hookStatuses();
      const { error } = await other.run();
      const state = {
        lives,
        error,
        afterDeath,
        afterRerun: await other.hookStatuses(),
        newest: other.liveValues().map(([newest]) => newest === other.oktaSends()),
        rotated: other.oktaSends() !== first,
      };
      expect(state).toEqual({
        lives,
        error: undefined,
        afterDeath: accepted,
        afterRerun: accepted,
        newest: [true, true],
        rotated: true,
      });
    }
  },
);

test("rotate gives Okta a version that a person created, and prints that the version existed before", async () => {
  const made = "made-by-hand-and-not-given-to-okta";
  for (const vault of [0, 1]) world.addVersion(vault, made);
  const { error, said } = await world.run();
  expect([error, world.oktaSends(), await world.hookStatuses()]).toEqual([
    undefined,
    made,
    accepted,
  ]);
  expect(said.at(-1)).toContain(
    "The newest version existed before this run. To create another version, run rotate again.",
  );
});

describe("a refused rotation", () => {
  test("rotate changes nothing if Okta uses an old version and the app's vault lacks the newest version", async () => {
    world.addVersion(0, "newest-behind-the-url", new Date(Date.now() - 1_800_000));
    world.addVersion(1, "newer-in-the-stand-by-vault");
    const { error, calls } = await world.run();
    expect(error).toMatch(/^Nothing was changed\. Okta does not use the newest version/);
    expect(calls.some((call) => call.startsWith("add"))).toBe(false);
  });

  test("rotate changes nothing if the vaults have no version in common", async () => {
    world.removeVersions(1);
    world.addVersion(1, "of-another-environment", new Date(Date.now() - 1_800_000));
    const { error, calls } = await world.run();
    expect(error).toContain("First seed the stand-by's vault.");
    expect(calls.some((call) => call.startsWith("add"))).toBe(false);
  });

  test("rotate changes nothing if Okta does not reach the hook", async () => {
    world.org.fail("POST", "/execute", "400");
    expect((await world.run()).error).toMatch(/^Nothing was changed\. /);
    expect(world.liveValues()[0]).toEqual([first]);
  });
});

test.each([
  [0, "400", "Okta keeps the old version."],
  [2, undefined, "Check that the app can read its vault."],
] as const)(
  "rotate disables the new version if the app (with vault %i) or Okta (answer %s) refuses it",
  async (behindUrl, how, words) => {
    const other = await start(behindUrl);
    if (how !== undefined) other.org.fail("PUT", "", how);
    expect((await other.run()).error).toContain(words);
    expect([other.oktaSends(), other.liveValues()]).toEqual([first, [[first], [first]]]);
  },
);

test("if the second vault refuses the new version, rotate disables the version in the first vault", async () => {
  world.readOnly.add(1);
  const { error, calls } = await world.run();
  expect([error, calls]).toEqual([
    "The vault answered HTTP 403.",
    expect.arrayContaining(["add kv-0", "disable kv-0"]),
  ]);
  expect([world.oktaSends(), world.liveValues()]).toEqual([first, [[first], [first]]]);
});

test.each(["500", "cut before", "cut after"] as const)(
  "after an unclear answer (%s), rotate succeeds only if Okta uses the new version",
  async (how) => {
    world.org.fail("PUT", "", how);
    const { error } = await world.run();
    expect([error === undefined, await world.hookStatuses()]).toEqual([
      how === "cut after",
      accepted,
    ]);
    expect((await world.run()).error).toBeUndefined();
    expect(await world.hookStatuses()).toEqual(accepted);
  },
);
