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
  ["an unknown option", ["--fone", "1"], "There is no option --fone."],
  [
    "the name of a JavaScript property as expectation",
    ["--expect", "constructor"],
    "--expect must be accepted or refused",
  ],
  [
    "an outcome for an app that npm start does not run",
    ["--outcome", "429"],
    "--outcome needs the app of npm start",
  ],
  ["--used without the event secret", ["--used"], "OKTA_EVENT_SECRET is not set"],
  ["plain http to another machine", ["--url", "http://example.com/"], "--url must use https"],
  [
    "an https URL with a user",
    ["--url", "https://acme.example@example.com/"],
    "--url must use https",
  ],
])("npm run hook exits with 64 and sends nothing for %s", async (_, args, words) => {
  const { exitCode, output, received } = await hook(command("SUCCESSFUL"), args);
  expect([exitCode, received]).toEqual([64, []]);
  expect(output).toContain(words);
});

test("npm run hook exits with 64 for an option that npm read because -- is missing", async () => {
  const { exitCode, output } = await run(["voice"], { npm_config_channel: "true" });
  expect(exitCode).toBe(64);
  expect(output).toContain("Put -- before the options: npm run hook -- --channel voice\n");
});

test("npm run hook needs the hook secret, except with --expect unauthenticated", async () => {
  const { exitCode, output, received } = await hook(command("SUCCESSFUL"), [], {});
  expect([exitCode, received]).toEqual([64, []]);
  expect(output).toMatch(
    /^OKTA_HOOK_SECRET is not set\. Run npm start .*, or set OKTA_HOOK_SECRET to the secret of the app at http/,
  );
  const unauthenticated = await hook(errorObject(401), ["--expect", "unauthenticated"], {});
  expect([unauthenticated.exitCode, unauthenticated.received[0]?.headers.authorization]).toEqual([
    0,
    undefined,
  ]);
});

test.each([
  ["OKTA_HOOK_SECRET", "a secret\nin two lines", "OKTA_HOOK_SECRET has a character"],
  ["OKTA_HOOK_SECRET", "ein Schlüssel", "OKTA_HOOK_SECRET has a character"],
  ["OKTA_EVENT_SECRET", "a secret…", "OKTA_EVENT_SECRET has a character"],
  ["OKTA_AUTH_HEADER", "x secret", "OKTA_AUTH_HEADER is not the name of an HTTP header"],
])(
  "npm run hook exits with 64 and never quotes %s if it is %j, which a header cannot carry",
  async (name, value, words) => {
    const env = { OKTA_HOOK_SECRET: "a secret for Okta", [name]: value };
    const { exitCode, output, received } = await hook(command("SUCCESSFUL"), [], env);
    expect([exitCode, received]).toEqual([64, []]);
    expect(output).toContain(words);
    expect(output).not.toContain(value);
  },
);

test("npm run hook accepts a secret that ends with a line break", async () => {
  const { exitCode } = await hook(command("SUCCESSFUL"), [], { OKTA_HOOK_SECRET: "a secret\n" });
  expect(exitCode).toBe(0);
});
