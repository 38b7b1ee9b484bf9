import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandLine } from "../../tools/command-line.ts";

const root = join(__dirname, "../..");
const run = (program: string, ...args: readonly string[]) =>
  spawnSync(program, args, { cwd: root, encoding: "utf8" });
const command = (...args: readonly string[]) => run(process.execPath, "tools/command.js", ...args);
const names = Array.from(
  command("--help").stdout.matchAll(/^ {2}([\w-]+) {2,}/gm),
  ([, name]) => name,
);

test("without a command, okta-8x8-telephony prints its commands", () => {
  expect(names).toEqual(expect.arrayContaining(["start", "hook", "setup", "okta", "deploy"]));
  expect([command().status, command().stdout]).toEqual([0, command("--help").stdout]);
});

test("an unknown command exits with 64, and is not quoted", () => {
  const { status, stderr } = command("s3cret");
  expect([status, stderr.includes("s3cret")]).toEqual([64, false]);
  expect(stderr).toMatch(/^There is no such command\./);
});

test.each(names)("the help of %s shows the command as people type it", (name = "") => {
  const { status, stdout } = command(name, "--help");
  expect([status, stdout]).toEqual([0, expect.stringContaining(commandLine(name))]);
});

// npm runs the bin of the current folder's package before it looks for an installed package:
// https://docs.npmjs.com/cli/v11/commands/npm-exec
test("npx --no runs the command in a clone, and asks no registry", () => {
  const cache = mkdtempSync(join(tmpdir(), "npx-"));
  const npx = ["--no", "--registry=http://127.0.0.1:9/", "--cache", cache];
  const { status, stdout } = run("npx", ...npx, "okta-8x8-telephony", "hook", "--help");
  rmSync(cache, { recursive: true });
  expect([status, stdout]).toEqual([0, command("hook", "--help").stdout]);
});

test("tools, scripts and documents name only commands that exist", () => {
  const files = globSync(["{tools,scripts,docs,infra}/**/*.{ts,tsx,js,sh,bash,md,bicep}", "*.md"], {
    cwd: root,
  });
  const named = files.flatMap((file) => {
    const text = readFileSync(join(root, file), "utf8");
    const found = [
      ...text.matchAll(/npx --no okta-8x8-telephony ([a-z][\w-]*)/g),
      ...text.matchAll(/\bcommandLine\(\s*"([\w-]+)/g),
      ...text.matchAll(/\bcommand_line ([\w-]+)/g),
    ];
    return found.map(([, name]) => `${file}: ${name ?? ""}`);
  });
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((one) => !names.includes(one.split(": ")[1]))).toEqual([]);
});
