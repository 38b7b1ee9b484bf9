import { startDesk, type Desk } from "../local/phone/desk.ts";
import { run, secret } from "./running-hook.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk([], { OKTA_HOOK_SECRET: secret });
});
afterAll(() => desk.stop());

const hook = (...args: readonly string[]) => run(["--url", desk.hookUrl, ...args], {});

test.each([
  ["impossible-number", /^Failed\. [^]*As expected: refused impossible-number\.\n/],
  ["rate-limited", /^Error object with HTTP 503[^]*As expected: unavailable rate-limited\.\n/],
])("npm run hook -- --outcome %s causes this outcome and exits with 0", async (name, words) => {
  const { exitCode, output } = await hook("--outcome", name);
  expect([exitCode, output]).toEqual([0, expect.stringMatching(words)]);
});

test("npm run hook -- --outcome user-limit exits with 1 if GUARD_MODE is not enforce", async () => {
  const { exitCode, output } = await hook("--outcome", "user-limit");
  expect([exitCode, output]).toEqual([1, expect.stringContaining("Expected: refused user-limit")]);
});

test("npm run hook -- --outcome NAME lists all outcomes if NAME is unknown", async () => {
  const { exitCode, output } = await hook("--outcome", "luck");
  expect([exitCode, output]).toEqual([
    64,
    expect.stringMatching(
      /^There is no outcome "luck"[^]*\n {2}8x8 is unavailable: .*rate-limited/,
    ),
  ]);
});

test("npm run hook -- --repeat 3 --used counts the accepted codes, and reports each as used to the app", async () => {
  const { exitCode, output } = await hook("--repeat", "3", "--used");
  expect([exitCode, output]).toEqual([
    0,
    expect.stringMatching(/^ {3}1 {2}accepted, \d+ ms\n[^]*\n3 accepted\n$/),
  ]);
});
