import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const passing = {
  "test:jest": "echo Tests: 3 passed",
  "format:check": "true",
  lint: "true",
  typecheck: "true",
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "npm-test-"));
  for (const file of ["scripts/test.ts", "tools/usage.ts"])
    cpSync(join(__dirname, "../..", file), join(folder, file));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function npmTest(failing: object = {}) {
  const scripts = Object.assign({}, passing, failing);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", scripts }));
  return spawnSync(process.execPath, ["scripts/test.ts"], { cwd: folder, encoding: "utf8" });
}

test.each(Object.keys(passing))(
  "if %s fails, npm test runs the other commands, prints the failed command's output, and fails",
  (script) => {
    const { status, stdout, stderr } = npmTest({
      [script]: "echo what is wrong; echo and where >&2; false",
    });
    expect([status, stdout + stderr]).toEqual([1, expect.stringContaining("what is wrong\n")]);
    expect(stderr).toContain("and where\n");
    expect(stdout.includes("Tests: 3 passed")).toBe(script !== "test:jest");
    expect(stdout).toContain(`\nFailed: ${script}.\n`);
  },
);
