import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");
const scripts = readdirSync(join(root, "scripts"))
  .filter((file) => file.endsWith(".sh"))
  .map((file) => `scripts/${file}`);
const all = [...scripts, ".ci/run", "test/scripts/stand-in.bash"];
const hasShellcheck = spawnSync("shellcheck", ["--version"]).status === 0;

// BICEP_REQUIRED says that this machine is to have every tool.
if (!hasShellcheck && process.env["BICEP_REQUIRED"] === "1")
  it("shellcheck is installed", () => {
    expect(hasShellcheck).toBe(true);
  });
if (!hasShellcheck) process.stderr.write("No shellcheck on PATH: the shell scripts are only parsed, by bash -n.\n");

describe.each(all)("%s", (script) => {
  it(`passes ${hasShellcheck ? "shellcheck" : "bash -n"}`, () => {
    const [program, args] = hasShellcheck ? ["shellcheck", []] : ["bash", ["-n"]];
    const { status, stdout, stderr } = spawnSync(program, [...args, script], { cwd: root, encoding: "utf8" });
    expect([status, stdout, stderr]).toEqual([0, "", ""]);
  });

  it("stops at the first error, and says in its first lines what it is for", () => {
    const text = readFileSync(join(root, script), "utf8");
    expect(text).toMatch(/^#!\/usr\/bin\/env bash\n# [A-Z]/);
    if (script !== "test/scripts/stand-in.bash") expect(text).toMatch(/^set -euo pipefail$/m);
  });
});

it.each(scripts)("%s can be run", (script) => {
  expect(statSync(join(root, script)).mode & 0o111).not.toBe(0);
});
