import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildApp } from "../worker/built.ts";

let folder: string;
beforeAll(buildApp);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "try-start-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const node = `exec "${process.execPath}"`;
const serves = `${node} tools/local/main.ts "$@"`;
const sendsHook = `shift; ${node} tools/hook/main.ts "$@"`;

/** Runs the script with an npm that runs these commands for `npm start` and `npm run hook`. */
function tryStart(start: string, hook: string) {
  const npm = `#!/bin/sh\ncommand=$1; shift\nif [ "$command" = start ]; then shift; ${start}; else shift; ${hook}; fi\n`;
  writeFileSync(join(folder, "npm"), npm, { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env["PATH"] ?? ""}` };
  return spawnSync(process.execPath, ["scripts/try-start.ts"], { env, encoding: "utf8" });
}

test("try-start.ts passes if the app accepts a request, and stops the app", async () => {
  const { status, stdout } = tryStart(serves, sendsHook);
  expect([status, stdout]).toEqual([0, expect.stringMatching(/\nThe request was accepted\.\n$/)]);
  const [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(stdout) ?? [];
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});

test("try-start.ts fails if the request is not accepted", () => {
  const { status, stdout } = tryStart(serves, "exit 1");
  expect([status, stdout]).toEqual([
    1,
    expect.stringMatching(/\nThe request was not accepted\.\n$/),
  ]);
});

test("try-start.ts fails if the app ends before it prints a URL", () => {
  const { status, stderr } = tryStart("echo an error; exit 1", sendsHook);
  expect([status, stderr]).toEqual([
    1,
    "npm start ended before it printed the URL of the hook. See its output above.\n",
  ]);
});
