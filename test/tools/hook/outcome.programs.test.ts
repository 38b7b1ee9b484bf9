import { startDesk, type Desk } from "../local/phone/desk.ts";
import { run, secret } from "./running-hook.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk([], { OKTA_HOOK_SECRET: secret });
});
afterAll(() => desk.stop());

const hook = (...args: readonly string[]) => run(["--url", desk.hookUrl, ...args], {});

test.each([
  ["impossible-number", /^Failed: [^]*As expected: refused impossible-number\.\n/],
  ["rate-limited", /^Error object with HTTP 503[^]*As expected: unavailable rate-limited\.\n/],
])("npm run hook -- --outcome %s exits with 0 for that outcome", async (name, words) => {
  const { exitCode, output } = await hook("--outcome", name);
  expect([exitCode, output]).toEqual([0, expect.stringMatching(words)]);
});

test("npm run hook -- --outcome exits with 1 if the app lacks the setting for the outcome", async () => {
  const { exitCode, output } = await hook("--outcome", "user-limit");
  expect([exitCode, output]).toEqual([1, expect.stringContaining("Expected: refused user-limit")]);
});

test("npm run hook -- --outcome lists all outcomes in groups for an unknown name", async () => {
  const { exitCode, output } = await hook("--outcome", "luck");
  expect([exitCode, output]).toEqual([
    64,
    expect.stringMatching(
      /^There is no outcome "luck"[^]*\n {2}8x8 is unavailable: .*rate-limited/,
    ),
  ]);
});

test("npm run hook -- --repeat --used counts the verdicts, and the app accepts each used code", async () => {
  const { exitCode, output } = await hook("--repeat", "3", "--used");
  expect([exitCode, output]).toEqual([
    0,
    expect.stringMatching(/^ {3}1 {2}accepted, \d+ ms\n[^]*\n3 accepted\n$/),
  ]);
});
