import { hookSecret, startApp, type App } from "../../app.ts";
import { eventSecret } from "../../functions/outcomes-in-azure.ts";
import { run } from "./running-hook.ts";

const GUARD_COUNTRY_LIMITS = '{"*":{"enrollments":10}}';
let app: App;
beforeAll(async () => {
  app = await startApp({
    GUARD_MODE: "enforce",
    GUARD_COUNTRY_LIMITS,
    OKTA_EVENT_SECRET: eventSecret,
  });
});
afterAll(() => app.stop());

async function hook(...args: readonly string[]): Promise<{ exitCode: number; lines: string[] }> {
  const url = `${app.url}/api/okta/telephony`;
  const env = { OKTA_HOOK_SECRET: hookSecret, OKTA_EVENT_SECRET: eventSecret };
  const { exitCode, output } = await run(["--url", url, ...args], env);
  return { exitCode, lines: output.trimEnd().split("\n") };
}

test("the guard refuses the enrollments of npm run hook -- --range above the country's limit", async () => {
  const others = await hook("--repeat", "3", "--range", "+1202555", "--used");
  expect([others.exitCode, others.lines.at(-1)]).toEqual([0, "Of 3: 3 accepted"]);
  const before = app.eightByEight.messages.length;
  const pumping = await hook("--repeat", "12", "--range", "+44770090");
  expect(pumping.lines[0]).toMatch(/^ {3}1 {2}accepted, \d+ ms$/);
  expect(pumping.lines[10]).toMatch(/^ {2}11 {2}refused country-unfinished, \d+ ms$/);
  expect([pumping.exitCode, pumping.lines.at(-2)]).toEqual([
    1,
    "Of 12: 10 accepted, 2 refused country-unfinished",
  ]);
  const numbers = app.eightByEight.messages.slice(before).map(({ destination }) => destination);
  expect(new Set(numbers).size).toBe(10);
  expect(numbers.filter((number) => !/^\+44770090\d{4}$/.test(number))).toEqual([]);
  expect(pumping.lines.join()).not.toContain("4477");
  expect(app.output()).toContain(
    "→ refused country-unfinished · guard: country-unfinished, 11 with a limit of 10",
  );
});

test("npm run hook counts the codes that the guard would refuse in enforce mode", async () => {
  const recording = await startApp({});
  const { exitCode, lines } = await hook(
    "--url",
    `${recording.url}/api/okta/telephony`,
    "--repeat",
    "11",
  );
  await recording.stop();
  expect([exitCode, lines.at(-1)]).toEqual([
    0,
    "Of 11: 8 accepted, 3 accepted but the guard would refuse the code in enforce mode (user-limit)",
  ]);
});
