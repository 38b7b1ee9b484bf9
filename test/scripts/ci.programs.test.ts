import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { runScript } from "./run-script.ts";

const readme = readFileSync(join(__dirname, "../../README.md"), "utf8");

// The script looks for processes of its checkout, and other suites start some in this one.
const copy = mkdtempSync(join(tmpdir(), "ci-"));
cpSync(join(__dirname, "../../.ci"), join(copy, ".ci"), { recursive: true });
afterAll(() => {
  rmSync(copy, { recursive: true });
});
const ciRun = relative(join(__dirname, "../../scripts"), join(copy, ".ci/run"));

it(".ci/run runs the README's commands, check:lock and test:programs, and requires all optional tools", () => {
  const { status, calls, environment } = runScript(ciRun, []);
  expect([status, calls]).toEqual([
    0,
    [
      ["npm", "ci"],
      ["npm", "run", "check:lock"],
      ["npm", "test"],
      ["npm", "run", "test:programs"],
    ],
  ]);
  expect(readme).toContain("\nnpm ci && npm test\n");
  for (const tools of ["BICEP", "BROWSER", "OKTA_DOCUMENTS"])
    expect(environment).toContain(`\n${tools}_REQUIRED=1\n`);
});

it.each(["npm ci", "npm run check:lock", "npm test", "npm run test:programs"])(
  ".ci/run stops if %s fails",
  (call) => {
    const { status, calls } = runScript(ciRun, [], { answers: [{ call, fails: 1 }] });
    expect([status, calls.at(-1)?.join(" ")]).toEqual([1, call]);
  },
);
