import { waitAloud } from "../../../tools/okta/wait-aloud.ts";
import { first, startWorld, type World } from "./rotating.ts";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const accepted = [200, 200];

test("rotate gives a new secret to each vault, the URL and Okta in this order, and both versions stay valid", async () => {
  const { rotated, calls } = await world.run();
  expect(rotated).toEqual({ rotated: true });
  const steps = calls.filter((call) => /add|ask|replace|settle/.test(call));
  expect(steps).toEqual([
    "addPending kv-0",
    "addPending kv-1",
    "ask",
    "replaceHook",
    "settle kv-0",
    "settle kv-1",
  ]);
  const sent = world.oktaSends();
  expect(sent).toMatch(/^[\da-f]{64}$/);
  expect(world.liveValues()).toEqual([
    [sent, first],
    [sent, first],
  ]);
  expect([world.pending(), await world.hookStatuses(), world.waits]).toEqual([
    false,
    accepted,
    [360_000],
  ]);
  const [hook] = world.org.hooks.all();
  expect(hook?.channel.config.headers).toEqual([{ key: "x-kept", value: "as it was" }]);
});

test("rotate waits until every instance has read a recent rotation, then disables the oldest version", async () => {
  await world.run();
  const between = world.oktaSends();
  world.waits.length = 0;
  expect((await world.run()).rotated).toEqual({ rotated: true });
  expect(world.waits).toEqual([expect.closeTo(360_000, -4), 360_000]);
  expect(world.liveValues()[0]).toEqual([world.oktaSends(), between]);
});

test("after a kill at any step of rotate, the app accepts Okta's secret, and a rerun completes", async () => {
  const steps = (await world.run()).calls.length;
  expect(steps).toBeGreaterThan(12);
  for (let step = 0; step < 2 * steps; step += 1) {
    const death = { at: Math.floor(step / 2), when: step % 2 === 0 ? "before" : "after" } as const;
    // The vault behind the URL is written last, so only the other vault can have the new version.
    const other = await startWorld(1);
    await other.run(death);
    const afterDeath = await other.hookStatuses();
    const rerun = await other.run();
    const state = {
      death,
      afterDeath,
      rerun: rerun.rotated,
      afterRerun: await other.hookStatuses(),
      pending: other.pending(),
      newest: other.liveValues().map(([newest]) => newest === other.oktaSends()),
      rotated: other.oktaSends() !== first,
    };
    await other.close();
    expect(state).toEqual({
      death,
      afterDeath: accepted,
      rerun: { rotated: true },
      afterRerun: accepted,
      pending: false,
      newest: [true, true],
      rotated: true,
    });
  }
});

test("rotate says why it waits, and the seconds that are left", async () => {
  await world.run();
  const { said } = await world.run();
  expect(said).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /^A version was changed less than 6 minutes ago, perhaps by an earlier/,
      ),
    ]),
  );
  const lines: string[] = [];
  await waitAloud(
    70_000,
    (line) => lines.push(line),
    () => Promise.resolve(),
  );
  expect(lines).toEqual(["Waiting 70 s.", "Waiting 40 s.", "Waiting 10 s."]);
});

describe("rotate changes nothing", () => {
  test("if Okta uses an older version than the newest", async () => {
    for (const vault of [0, 1]) world.addVersion(vault, "made-by-hand-and-not-given-to-okta");
    const { rotated, calls } = await world.run();
    expect(rotated).toEqual({
      rotated: false,
      words: expect.stringContaining("does not seem to use the newest") as string,
    });
    // Without the wait, an instance with an old read of the vault could report version 1.
    expect([calls.some((call) => call.startsWith("add")), world.waits.length]).toEqual([false, 1]);
  });

  test("if a version is newer than a pending version", async () => {
    const { calls } = await world.run({ at: 99, when: "after" });
    const settling = calls.findIndex((call) => call.startsWith("settle"));
    const other = await startWorld();
    await other.run({ at: settling, when: "before" });
    for (const vault of [0, 1])
      other.addVersion(vault, "made-by-hand-and-not-given-to-okta", new Date(Date.now() + 1));
    const { rotated } = await other.run();
    expect([rotated?.rotated, other.pending(), await other.hookStatuses()]).toEqual([
      false,
      true,
      accepted,
    ]);
    await other.close();
  });

  test("if the stand-by's vault has another secret", async () => {
    world.addVersion(1, "only-in-the-vault-of-the-stand-by", new Date(Date.now() - 1_800_000));
    const { rotated, calls } = await world.run();
    expect(rotated).toEqual({
      rotated: false,
      words: expect.stringContaining("different values") as string,
    });
    expect(calls.some((call) => call.startsWith("add"))).toBe(false);
  });

  test("if Okta does not reach the hook", async () => {
    world.org.fail("POST", "/execute", "400");
    expect((await world.run()).rotated).toMatchObject({ rotated: false });
    expect(world.liveValues()[0]).toEqual([first]);
  });
});

test("rotate disables the new version again if Okta refuses the change", async () => {
  world.org.fail("PUT", "", "400");
  expect((await world.run()).rotated).toMatchObject({ rotated: false });
  expect([world.oktaSends(), world.liveValues(), world.pending()]).toEqual([
    first,
    [[first], [first]],
    false,
  ]);
});

test.each(["500", "cut before", "cut after"] as const)(
  "rotate succeeds after an unclear answer (%s) only if Okta uses the new version",
  async (how) => {
    world.org.fail("PUT", "", how);
    const { rotated } = await world.run();
    expect([rotated?.rotated, await world.hookStatuses()]).toEqual([how === "cut after", accepted]);
    expect((await world.run()).rotated).toEqual({ rotated: true });
    expect([await world.hookStatuses(), world.pending()]).toEqual([accepted, false]);
  },
);
