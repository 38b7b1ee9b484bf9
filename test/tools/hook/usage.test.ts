import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command, errorObject, hook, run } from "./running-hook.ts";

// A folder of its own, from which no npm start runs.
const before = process.cwd();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hook-"));
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

test.each([
  ["an unknown option", ["--fone", "1"], "There is no option --fone."],
  ["an unknown channel", ["--channel", "push"], "--channel is sms or voice"],
  ["an unknown text", ["--text", "mine"], "--text is okta or none"],
  [
    "an expectation that every object has",
    ["--expect", "constructor"],
    "--expect is one of accepted",
  ],
  [
    "too large a count",
    ["--repeat", "10000"],
    '--repeat takes a number from 1 to 9999, not "10000".',
  ],
  ["an unknown outcome", ["--outcome", "luck"], "--outcome is one of sms, call-in-german"],
  [
    "an outcome elsewhere",
    ["--outcome", "blocked-country", "--url", "https://example.com/"],
    "--outcome is for a hook of this machine",
  ],
  [
    "a sandbox elsewhere",
    ["--outcome", "429", "--sandbox", "https://example.com/"],
    "--sandbox is a URL of this machine",
  ],
  [
    "a range without a plus",
    ["--range", "44770090"],
    "--range is a number less its last four digits",
  ],
  [
    "a range of strangers' numbers elsewhere",
    ["--range", "+44770090", "--url", "https://example.com/"],
    "for a hook of this machine",
  ],
  ["uses that cannot be reported", ["--used"], "OKTA_EVENT_SECRET is not set"],
  ["plain http to another machine", ["--url", "http://example.com/"], "https URL"],
  [
    "a user before a host that is encrypted",
    ["--url", "https://acme.example@example.com/"],
    "https URL",
  ],
  [
    "a body file that is not there",
    ["--body", "/nowhere.json"],
    "There is no file /nowhere.json. --body takes",
  ],
  [
    "a body file that is a folder",
    ["--body", "/"],
    "This is no file that can be read: /. --body takes",
  ],
])("npm run hook exits with 64 at %s, and sends nothing", async (_, args, words) => {
  const { exitCode, output, received } = await hook(command("SUCCESSFUL"), args);
  expect([exitCode, received]).toEqual([64, []]);
  expect(output).toContain(words);
});

test("npm run hook exits with 64 at an option that npm took for itself", async () => {
  const { exitCode, output } = await run(["voice"], { npm_config_channel: "true" });
  expect(exitCode).toBe(64);
  expect(output).toContain("Put -- before the options: npm run hook -- --channel voice\n");
});

test("npm run hook needs the secret, but not to see an unauthenticated caller refused", async () => {
  const { exitCode, output, received } = await hook(command("SUCCESSFUL"), [], {});
  expect([exitCode, received]).toEqual([64, []]);
  expect(output).toMatch(
    /^No npm start of this folder runs at http:\S+\. Start it .* with npm start, or set OKTA_HOOK_SECRET/,
  );
  const unauthenticated = await hook(errorObject(401), ["--expect", "unauthenticated"], {});
  expect([unauthenticated.exitCode, unauthenticated.received[0]?.headers.authorization]).toEqual([
    0,
    undefined,
  ]);
});

test("npm run hook needs the secret of an app that is elsewhere", async () => {
  const { exitCode, output } = await run(["--url", "https://example.com/api/okta/telephony"], {});
  expect(exitCode).toBe(64);
  expect(output).toContain(
    "OKTA_HOOK_SECRET is not set. Set it to the hook secret of the app at https://example.com.",
  );
});
