import { spawnSync } from "node:child_process";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");
const scripts = globSync("scripts/*.sh", { cwd: root });
const sourced = globSync(["scripts/**/*.bash", "test/scripts/*.bash"], { cwd: root });
const all = [...scripts, ...sourced, ".ci/run"];
const hasShellcheck = spawnSync("shellcheck", ["--version"]).status === 0;

// BICEP_REQUIRED=1 means that all optional tools must be installed, shellcheck too.
if (!hasShellcheck && process.env["BICEP_REQUIRED"] === "1")
  it("shellcheck is installed", () => {
    expect(hasShellcheck).toBe(true);
  });
if (!hasShellcheck)
  process.stderr.write("shellcheck is not on PATH, so bash -n only parses the shell scripts.\n");

it(`all shell scripts pass ${hasShellcheck ? "shellcheck" : "bash -n"}`, () => {
  const runs = hasShellcheck
    ? [spawnSync("shellcheck", all, { cwd: root, encoding: "utf8" })]
    : all.map((script) => spawnSync("bash", ["-n", script], { cwd: root, encoding: "utf8" }));
  for (const { status, stdout, stderr } of runs)
    expect([status, stdout, stderr]).toEqual([0, "", ""]);
});

// macOS has bash 3.2. Extended patterns in [[ ]] need bash 4.1:
// https://tiswww.case.edu/php/chet/bash/NEWS
it.each([...scripts, ...sourced.filter((file) => file.startsWith("scripts/"))])(
  "%s uses only features of bash 3.2",
  (script) => {
    const code = readFileSync(join(root, script), "utf8").replace(/^ *#.*/gm, "");
    const newer =
      /[=~] *[@?*+!]\(|\b(?:mapfile|readarray|coproc)\b|(?:declare|local) -[An]|\$\{\w+(?:\^|,,|@)|\|&|&>>|;;&|\[\[ -v/;
    expect(newer.exec(code)?.[0]).toBeUndefined();
  },
);

it.each([...scripts, ".ci/run"])("%s is executable and stops at the first error", (script) => {
  expect(statSync(join(root, script)).mode & 0o111).not.toBe(0);
  const text = readFileSync(join(root, script), "utf8");
  expect(text).toMatch(/^#!\/usr\/bin\/env bash\n[^]*^set -euo pipefail$/m);
});
