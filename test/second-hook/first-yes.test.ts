import { startWorld, type Conduct8x8, type ConductOfSecond, type World } from "./outage-world.ts";
import { code } from "./two-providers.ts";

let world: World;
afterEach(() => world.close());

const hang = { fault: "hang" } as const;
const refusing = { status: 500 };
const hanging = { instead: "hang" } as const;
const late = "8x8 accepted";

type Row = [Conduct8x8, ConductOfSecond, number | "failed"];

/** Milliseconds until Okta is answered, by 8x8's time and by the second hook's. */
const table: readonly (readonly [Conduct8x8, ...Row[2][]])[] = [
  // 8x8, second hook: 50 ms, 1.0 s, 1.3 s, refuses, hangs
  [1_300, 1_300, 1_300, 1_300, 1_300, 1_300],
  [1_500, 1_425, 1_500, 1_500, 1_500, 1_500],
  [2_000, 1_425, 2_000, 2_000, 2_000, 2_000],
  [2_300, 1_425, 2_300, 2_300, 2_300, 2_300],
  [hang, 1_425, 2_375, "failed", "failed", "failed"],
];
const seconds = [50, 1_000, 1_300, refusing, hanging];
const rows = table.flatMap(([eightByEight, ...expected]) =>
  seconds.map((second, column): Row => [eightByEight, second, expected[column] ?? "failed"]),
);

test.each(rows)(
  "if 8x8 does %j and the second hook %j, the code is answered after %s",
  async (eightByEight, second, expected) => {
    world = await startWorld({ eightByEight, second });
    const { answer, ms, provider } = await world.ask(1);
    expect([answer, ms, provider]).toEqual(
      expected === "failed"
        ? ["failed", 2_500, "8x8"]
        : ["successful", expected, expected === eightByEight ? "8x8" : "second-hook"],
    );
    const isSecondAsked = typeof eightByEight !== "number" || eightByEight > 1_375;
    expect(world.app.eightByEight.requests).toHaveLength(1);
    expect(world.hook.requests).toHaveLength(isSecondAsked ? 1 : 0);
  },
);

test.each([
  [2_000, 50, 1_425, ["8x8 deadline", "second-hook accepted"], "deadline"],
  [1_500, refusing, 1_500, [late, "second-hook provider-error"], "provider-error"],
  // The second hook has not failed, because 8x8's answer came before the second hook's time was up.
  [1_500, 1_000, 1_500, [late, "second-hook deadline"], undefined],
])(
  "if 8x8 accepts after %j and the second hook does %j, the event has both attempts",
  async (eightByEight, second, ms, attempts, otherReason) => {
    world = await startWorld({ eightByEight, second });
    expect(await world.ask(1)).toMatchObject({ ms, attempts, otherReason });
  },
);

test("if the second hook is first and accepts after 1.8 s, the code is accepted while 8x8 hangs", async () => {
  world = await startWorld({
    eightByEight: hang,
    second: 1_800,
    settings: { SECOND_HOOK_FIRST_FOR: "all" },
  });
  const expected = { answer: "successful", ms: 1_800, provider: "second-hook" };
  expect(await world.ask(1)).toMatchObject(expected);
});

test("after the second hook has accepted a code late, 8x8 gets no second attempt", async () => {
  const settings = { SECOND_HOOK_FIRST_FOR: "all" };
  world = await startWorld({ eightByEight: { fault: "503" }, second: 1_775, settings });
  const attempts = ["second-hook accepted", "8x8 provider-error"];
  expect(await world.ask(1)).toMatchObject({ answer: "successful", ms: 1_775, attempts });
});

test("a late rejection by 8x8 does not end the wait for the second hook", async () => {
  world = await startWorld({ eightByEight: 1_500, second: 600 });
  world.app.eightByEight.setApiKey("another");
  expect(await world.ask(1)).toMatchObject({ answer: "successful", ms: 1_975 });
});

test("a request without an answer stays open until the end of the budget, and its event ID is pending", async () => {
  world = await startWorld({ eightByEight: hang, second: 50 });
  const body = code();
  const answer = world.app.post(body);
  await world.pass(1_500);
  expect((await answer).judged.answer).toBe("successful");
  world.set8x8({ fault: "500" });
  // A request with a pending event ID may have come back from the second hook.
  expect((await world.passing(world.app.post(body))).status).toBe(503);
  expect(world.hook.requests).toHaveLength(1);
  const connections = () => world.app.eightByEight.connections();
  await world.pass(950);
  expect(connections()).toBe(2);
  await world.pass(50);
  expect(connections()).toBe(1);
  expect((await world.passing(world.app.post(body))).judged.answer).toBe("successful");
});

test("the guard counts a code once if both providers accept it", async () => {
  const settings = { GUARD_MODE: "enforce", GUARD_COUNTRY_LIMITS: '{"DE":{"calls":2}}' };
  world = await startWorld({ eightByEight: 1_500, second: 50, settings });
  const reasons = [];
  for (const person of [1, 2, 3]) {
    reasons.push((await world.ask(person, "voice")).reason);
    await world.pass(1_000);
  }
  expect(reasons).toEqual([undefined, undefined, "country-calls"]);
});
