import { hookSecret, startBridge, type Bridge } from "../bridge.ts";
import { eventSecret } from "../functions/outcomes-in-azure.ts";
import { run } from "./running-hook.ts";

const GUARD_COUNTRY_LIMITS = '{"*":{"enrollments":"10/10/4000"}}';
let bridge: Bridge;
beforeAll(async () => {
  bridge = await startBridge({ GUARD_MODE: "enforce", GUARD_COUNTRY_LIMITS, OKTA_EVENT_SECRET: eventSecret });
});
afterAll(() => bridge.stop());

async function hook(...args: readonly string[]): Promise<{ exitCode: number; lines: string[] }> {
  const url = `${bridge.app.url}/api/okta/telephony`;
  const env = { OKTA_HOOK_SECRET: hookSecret, OKTA_EVENT_SECRET: eventSecret };
  const { exitCode, output } = await run(["--url", url, ...args], env);
  return { exitCode, lines: output.trimEnd().split("\n") };
}

test("npm run hook is a pump: the guard stops it", async () => {
  const others = await hook("--repeat", "3", "--range", "+1202555", "--used");
  expect([others.exitCode, others.lines.at(-1)]).toEqual([0, "Of 3: 3 accepted"]);
  const before = bridge.eightByEight.messages.length;
  const pump = await hook("--repeat", "12", "--range", "+44770090");
  expect(pump.lines[0]).toMatch(/^ {3}1 {2}accepted, \d+ ms$/);
  expect(pump.lines[10]).toMatch(/^ {2}11 {2}refused country-unfinished, \d+ ms$/);
  expect([pump.exitCode, pump.lines.at(-1)]).toEqual([1, "Of 12: 10 accepted, 2 refused country-unfinished"]);
  const pumped = bridge.eightByEight.messages.slice(before).map(({ destination }) => destination);
  expect(new Set(pumped).size).toBe(10);
  expect(pumped.filter((number) => !/^\+44770090\d{4}$/.test(number))).toEqual([]);
  expect(pump.lines.join()).not.toContain("4477");
  expect(bridge.app.output()).toContain(
    "→ refused country-unfinished · guard: country-unfinished, 11 with a limit of 10",
  );
});

test("npm run hook asks for one person again and again", async () => {
  const { exitCode, lines } = await hook("--repeat", "11", "--expect", "answered");
  expect([exitCode, lines.at(-1)]).toEqual([0, "Of 11: 8 accepted, 3 refused user-limit"]);
});

test("npm run hook says what a guard that records would have done", async () => {
  const recording = await startBridge({});
  const { exitCode, lines } = await hook("--url", `${recording.app.url}/api/okta/telephony`, "--repeat", "11");
  await recording.stop();
  expect([exitCode, lines.at(-1)]).toEqual([
    0,
    "Of 11: 8 accepted, 3 accepted though the guard would refuse it as user-limit",
  ]);
});
