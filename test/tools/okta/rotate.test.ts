import { first, startWorld, type World } from "./rotating.ts";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const accepted = [200, 200];

test("a rotation goes to every vault, to the URL and to Okta, in this order, and leaves both versions valid", async () => {
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

test("a second one waits until each instance knows the first, and retires what the app no longer takes", async () => {
  await world.run();
  const between = world.oktaSends();
  world.waits.length = 0;
  expect((await world.run()).rotated).toEqual({ rotated: true });
  expect(world.waits).toEqual([expect.closeTo(360_000, -4), 360_000]);
  expect(world.liveValues()[0]).toEqual([world.oktaSends(), between]);
});

test("killed at any step, it loses no hook, and a rerun ends as if nothing had been", async () => {
  const steps = (await world.run()).calls.length;
  expect(steps).toBeGreaterThan(12);
  for (let step = 0; step < 2 * steps; step += 1) {
    const death = { at: Math.floor(step / 2), when: step % 2 === 0 ? "before" : "after" } as const;
    // The vault behind the URL is given last, so that the other may have a version that this one
    // lacks.
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

describe("nothing is changed", () => {
  test("where Okta still uses the older version: a newer one would retire it", async () => {
    for (const vault of [0, 1]) world.addVersion(vault, "made-by-hand-and-not-given-to-okta");
    const { rotated, calls } = await world.run();
    expect(rotated).toEqual({
      rotated: false,
      words: expect.stringContaining("not seen to use the newest") as string,
    });
    // Young as it is, an instance that had not read it yet would have said 1.
    expect([calls.some((call) => call.startsWith("add")), world.waits.length]).toEqual([false, 1]);
  });

  test("where somebody made a version on top of a pending one, which may be the one that Okta uses", async () => {
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

  test("where the stand-by's vault holds another secret", async () => {
    world.addVersion(
      1,
      "of-the-stand-by-alone-and-of-nobody-else",
      new Date(Date.now() - 1_800_000),
    );
    const { rotated, calls } = await world.run();
    expect(rotated).toEqual({
      rotated: false,
      words: expect.stringContaining("the same newest version") as string,
    });
    expect(calls.some((call) => call.startsWith("add"))).toBe(false);
  });

  test("where Okta does not reach the hook", async () => {
    world.org.fail("POST", "/execute", "400");
    expect((await world.run()).rotated).toMatchObject({ rotated: false });
    expect(world.liveValues()[0]).toEqual([first]);
  });
});

test("Okta refuses the new version: it is disabled again", async () => {
  world.org.fail("PUT", "", "400");
  expect((await world.run()).rotated).toMatchObject({ rotated: false });
  expect([world.oktaSends(), world.liveValues(), world.pending()]).toEqual([
    first,
    [[first], [first]],
    false,
  ]);
});

test.each(["500", "cut before", "cut after"] as const)(
  "Okta gives no clear answer (%s): what it uses is seen",
  async (how) => {
    world.org.fail("PUT", "", how);
    const { rotated } = await world.run();
    expect([rotated?.rotated, await world.hookStatuses()]).toEqual([how === "cut after", accepted]);
    expect((await world.run()).rotated).toEqual({ rotated: true });
    expect([await world.hookStatuses(), world.pending()]).toEqual([accepted, false]);
  },
);
