import { startDesk, type Desk } from "../local/phone/desk.ts";
import { run, secret } from "./running-hook.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk([], { OKTA_HOOK_SECRET: secret });
});
afterAll(() => desk.stop());

const hook = (...args: readonly string[]) =>
  run(["--url", desk.hookUrl, "--sandbox", desk.url, ...args], { OKTA_HOOK_SECRET: secret });

test.each([
  ["premium-number", /^As expected: refused premium-number\.\nFailed: /],
  ["call-in-german", /^Accepted\b/],
  ["429", /^As expected: unavailable rate-limited\.\nError object with HTTP 503/],
  ["expired-at-provider", /^As expected: rejected expired-at-provider\.\n/],
  ["code-of-two-digits", /^As expected: malformed not-an-otp-code\.\nError object with HTTP 400/],
  ["wrong-secret", /^As expected: unauthenticated wrong-secret\.\nError object with HTTP 401/],
])("npm run hook -- --outcome %s exits with 0 for that outcome", async (name, words) => {
  const { exitCode, output } = await hook("--outcome", name);
  expect([exitCode, output]).toEqual([0, expect.stringMatching(words)]);
});

test("npm run hook -- --outcome exits with 1 if the app lacks the setting for the outcome", async () => {
  const { exitCode, output } = await hook("--outcome", "blocked-country");
  expect([exitCode, output]).toEqual([
    1,
    expect.stringContaining("Expected: refused country-blocked"),
  ]);
});

test("npm run hook -- --expired exits with 0 if the app refuses the expired code", async () => {
  const { exitCode, output } = await hook("--expired");
  expect([exitCode, output]).toEqual([
    0,
    expect.stringMatching(/^As expected: refused expired-code\.\n/),
  ]);
});
