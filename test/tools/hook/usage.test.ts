import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command, errorObject, hook, run } from "./running-hook.ts";

// The tests run in a new folder, where no npm start has stored secrets.
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
  ["an unknown expectation", ["--expect", "constructor"], "--expect must be accepted, rejected"],
  [
    "an outcome for an app that npm start does not run",
    ["--outcome", "429"],
    "--outcome needs an app that `start` runs",
  ],
  ["--used without the event secret", ["--used"], "OKTA_EVENT_SECRET is not set"],
  ["plain http to another machine", ["--url", "http://example.com/"], "--url must use https"],
])("npm run hook exits with 64 and sends nothing for %s", async (_, args, words) => {
  const { exitCode, output, received } = await hook(command("SUCCESSFUL"), args);
  expect([exitCode, received]).toEqual([64, []]);
  expect(output).toContain(words);
});

// npm 10 and 11 pass these arguments and variables to the script if no -- precedes the options.
test.each<[string[], Record<string, string>, string]>([
  [["voice"], { npm_config_channel: "true" }, "--channel voice"],
  [[], { npm_config_channel: "voice" }, "--channel voice"],
  [["2"], { npm_config_repeat: "true", npm_config_used: "true" }, "--repeat … --used"],
])(
  "npm run hook exits with 64 if npm took the options for its own: %j %j",
  async (args, env, options) => {
    const { exitCode, output } = await run(args, env);
    expect(exitCode).toBe(64);
    expect(output).toContain(`Run: npx --no okta-8x8-telephony hook ${options}\n`);
  },
);

test("npm run hook needs the hook secret, except with --expect unauthenticated", async () => {
  const { exitCode, output, received } = await hook(command("SUCCESSFUL"), [], {});
  expect([exitCode, received]).toEqual([64, []]);
  expect(output).toMatch(
    /^OKTA_HOOK_SECRET is not set\. In another terminal, run: npx --no okta-8x8-telephony start\nOr set OKTA_HOOK_SECRET to the secret of the app at http/,
  );
  const unauthenticated = await hook(errorObject(401), ["--expect", "unauthenticated"], {});
  expect([unauthenticated.exitCode, unauthenticated.received[0]?.headers.authorization]).toEqual([
    0,
    undefined,
  ]);
});

test.each([
  ["OKTA_HOOK_SECRET", "ein Schlüssel", "OKTA_HOOK_SECRET has a character"],
  ["OKTA_AUTH_HEADER", "x secret", "OKTA_AUTH_HEADER is not the name of an HTTP header"],
])(
  "npm run hook exits with 64 if a header cannot carry %s, and does not print its value %j",
  async (name, value, words) => {
    const env = { OKTA_HOOK_SECRET: "a secret for Okta", [name]: value };
    const { exitCode, output, received } = await hook(command("SUCCESSFUL"), [], env);
    expect([exitCode, received]).toEqual([64, []]);
    expect(output).toContain(words);
    expect(output).not.toContain(value);
  },
);
