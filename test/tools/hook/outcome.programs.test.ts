import { outcomeGroups } from "../../../tools/local/phone/outcomes.ts";
import { startDesk, type Desk } from "../local/phone/desk.ts";
import { run, secret } from "./running-hook.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk([], { OKTA_HOOK_SECRET: secret, OKTA_AUTH_HEADER: "x-okta-hook" });
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

test("npm run hook prefers OKTA_HOOK_SECRET to the secret that npm start stored", async () => {
  const { exitCode, output } = await run(["--url", desk.hookUrl], { OKTA_HOOK_SECRET: "another" });
  expect([exitCode, output]).toEqual([1, expect.stringContaining("unset OKTA_HOOK_SECRET")]);
});

test("npm run hook -- --expect unauthenticated does not send the secret that npm start stored", async () => {
  expect((await hook("--expect", "unauthenticated")).exitCode).toBe(0);
});

test("npm run hook sends no stored secret to another origin, and prints the URL of a running app", async () => {
  const { exitCode, output } = await hook("--url", desk.hookUrl.replace("127.0.0.1", "localhost"));
  expect([exitCode, output]).toEqual([
    64,
    expect.stringMatching(/hook --url http:\/\/127\.0\.0\.1:\d+\/api\/okta\/telephony\n/),
  ]);
});

test("npm run hook prints the app's path if the app does not answer at the path in --url", async () => {
  const { exitCode, output } = await hook("--url", `${desk.hookUrl}/more`);
  expect([exitCode, output]).toEqual([2, expect.stringContaining(`Use --url ${desk.hookUrl}\n`)]);
});

test("each button for an outcome on the phone page causes this outcome in the app", async () => {
  await desk.post("/sandbox/settings", { GUARD_MODE: "enforce" });
  const differing: string[] = [];
  const channels = new Set<string>();
  // Send the requests one after the other, because a fault applies to the next request.
  for (const { id, outcome: expected } of outcomeGroups.flatMap(({ offered }) => offered)) {
    const { n } = (await desk.post("/sandbox/outcomes", { id })).json() as { n: number };
    const { event } = await desk.hook(n, (item) => item.event);
    const seen = [event?.["outcome"], event?.["reason"]].filter(Boolean).join(" ");
    if (seen !== expected) differing.push(`${id}: ${seen} in place of ${expected}`);
    if (seen.startsWith("rejected")) channels.add(`${seen} ${event?.["channel"]}`);
  }
  expect(channels).toContain("rejected invalid-sender sms");
  expect(channels).toContain("rejected invalid-voice voice");
  expect(differing).toEqual([]);
});
