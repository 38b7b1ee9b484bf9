import { chosenSettings, defaultSettings } from "../guard/chosen-settings.ts";
import { describeEvents, readEvents, replayEvents } from "../guard/exported-events.ts";
import { flaggedShare, judgeTargets, measure, passedInARun, stoppedShare } from "../guard/measure.ts";
import { floods, measureOvershoot } from "../guard/overshoot.ts";
import { scenarios } from "../guard/scenarios.ts";
import { draw } from "../guard/picture.ts";
import { readUsage } from "../guard/usage.ts";
import { long } from "../../test/long.ts";

const runs = long ? 10 : 1;

function simulate(name: string) {
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`There is no scenario ${name}.`);
  return measure(scenario, 200, defaultSettings, 1, runs);
}

describe("in a simulation of a small company the guard", () => {
  test.each([
    ["quiet", 0.001],
    ["no-delivery", 0.001],
    ["roll-out", 0.01],
  ])("leaves good codes alone: %s", (name, share) => {
    expect(flaggedShare(simulate(name))).toBeLessThanOrEqual(share);
  });

  test("stops 99 % of a pump within 30 messages, and of a slow one 90 %", () => {
    const pump = simulate("pump");
    expect(stoppedShare(pump)).toBeGreaterThanOrEqual(0.99);
    expect(passedInARun(pump)).toBeLessThanOrEqual(30);
    expect(stoppedShare(simulate("slow-pump"))).toBeGreaterThanOrEqual(0.9);
  });

  test("refuses nobody for what nobody finished while Okta tells nothing", () => {
    const { good } = simulate("dead-feed");
    expect([good.byReason.get("range-unverified"), good.byReason.get("country-unverified")]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

test("the same seed gives the same figures, and a picture of them", () => {
  const [one, again] = [simulate("roll-out"), simulate("roll-out")];
  expect(one).toEqual(again);
  expect(one.good.asked).toBeGreaterThan(300 * runs);
  expect(judgeTargets(one)).toHaveLength(1);
  expect(draw([one])).toContain("roll-out");
});

test.each([2, 10])("%d instances hold a limit of 8 at 8 where they exchange their counts", async (instances) => {
  const [flood] = floods;
  if (flood === undefined) throw new Error("There is no flood.");
  const given = { instances, runs: 3, seed: 1 };
  expect((await measureOvershoot(flood, { ...given, exchanged: true }, defaultSettings)).sent).toBe(8);
  expect((await measureOvershoot(flood, { ...given, exchanged: false }, defaultSettings)).sent).toBeGreaterThan(8);
});

describe("events of one's own", () => {
  const columns = ["at", "event", "id", "phone", "user", "range", "country", "callingCode", "requestType"];
  const at = (minute: number) => new Date(Date.parse("2030-01-15T09:00:00Z") + minute * 60_000).toISOString();
  const code = (minute: number, id: string, phone: string) => [
    ...[at(minute), "code", id, phone, "", "+44770090", "", "44", "com.okta.user.telephony.pre-enrollment"],
  ];
  const used = (minute: number, id: string) => [at(minute), "used", id, "", "", "", "", "", ""];
  const fileOf = (rows: readonly unknown[]) =>
    JSON.stringify({ tables: [{ columns: columns.map((name) => ({ name })), rows }] });

  test("tell what enforcing would have refused, and which of these somebody was waiting for", () => {
    const codes = Array.from({ length: 10 }, (_, index) => code(index, `code ${index}`, "one"));
    // Okta tells the last one twice, and one that is not known.
    const outcomes = [used(20, "code 9"), used(21, "code 9"), used(22, "another")];
    const replayed = replayEvents(readEvents(fileOf([...outcomes, ...codes])), defaultSettings);
    expect(replayed).toMatchObject({ codes: 10, used: 1, feedAlive: false });
    expect(replayed.refused.map(({ id, reason, used }) => [id, reason, used])).toEqual([
      ["code 8", "number-limit", false],
      ["code 9", "number-limit", true],
    ]);
    expect(describeEvents(replayed)).toContain("would have refused 2 (20.0 %), of which 1 were used");
  });

  test("are judged by the settings of the environment, where it has some", () => {
    const codes = Array.from({ length: 3 }, (_, index) => code(index, `code ${index}`, "one"));
    const refusedWith = (env: Record<string, string>) =>
      replayEvents(readEvents(fileOf(codes)), chosenSettings({ ...env, PATH: "/bin" })).refused.length;
    expect(refusedWith({ GUARD_NUMBER_CODES: "1/hour" })).toBe(2);
    expect(refusedWith({ GUARD_NUMBER_CODES: "1/hour", GUARD_EXEMPT_RANGES: "+4477" })).toBe(0);
    expect(() => chosenSettings({ GUARD_NUMBER_CODES: "many" })).toThrow(/^GUARD_NUMBER_CODES: (?!.*many)/);
  });

  test.each(["", "{}", fileOf([]), fileOf([["no time", "code"]])])("have to be there: %#", (text) => {
    expect(() => readEvents(text)).toThrow("guard-events.kql");
  });
});

test.each([
  ["--codes", "9"],
  ["--codes", "many"],
  ["--scenario", "quiet,peace"],
  ["--seed", "0"],
])("%s %s is wrong usage", (...args) => {
  expect(() => readUsage(args)).toThrow(args[0]);
});
