import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const commands = ["npm ci", "npm run check:lock", "npm test", "npm run test:programs"];

/** A project with .ci/run, and a folder of programs beside it. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ci-"));
  mkdirSync(join(folder, "programs"));
  cpSync(join(root, ".ci/run"), join(folder, "project/.ci/run"));
  execFileSync("git", ["init", "--quiet", join(folder, "project")]);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it(".ci/run runs the README's commands, check:lock and test:programs, and requires all optional tools", () => {
  for (const [name, says] of [
    ["npm", 'echo "npm $*"; env | grep _REQUIRED='],
    ["shellcheck", ""],
    ["chromium", ""],
    ["sleep", ""],
  ] as const)
    writeFileSync(join(folder, "programs", name), `#!/bin/bash\n${says}\n`, { mode: 0o755 });
  const PATH = `${join(folder, "programs")}:${process.env["PATH"] ?? ""}`;
  const run = join(folder, "project/.ci/run");
  const output = execFileSync(run, { env: { PATH }, encoding: "utf8" });
  expect(output.match(/^npm .*/gm)).toEqual(commands);
  expect(readme).toContain("\nnpm ci && npm test\n");
  for (const tools of ["BICEP", "BROWSER", "OKTA_DOCUMENTS"])
    expect(output).toContain(`\n${tools}_REQUIRED=1\n`);
});
