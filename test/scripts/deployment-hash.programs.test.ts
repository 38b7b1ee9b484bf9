import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const cwd = mkdtempSync(join(tmpdir(), "inputs-"));
afterAll(() => {
  rmSync(cwd, { recursive: true });
});

const own = "infra/environments/qa/main.bicepparam";
function write(file: string, text: string): void {
  mkdirSync(dirname(join(cwd, file)), { recursive: true });
  writeFileSync(join(cwd, file), text);
}
function inputs(): string {
  const words = [
    "-c",
    'source "$1" && inputs_of "$2"',
    "bash",
    resolve("scripts/deployment-hash.bash"),
    own,
  ];
  return spawnSync("bash", words, { cwd, encoding: "utf8" }).stdout;
}

it("inputs_of hashes the contents of the templates and of one parameter file, and ignores file times", () => {
  write("infra/main.bicep", "a template");
  write("infra/queries/alerts/a query.kql", "a query");
  write(own, "values");
  const before = inputs();
  expect(before).toMatch(/^[\da-f]{64}\n$/);

  utimesSync(join(cwd, "infra/main.bicep"), 0, 0);
  write("infra/environments/prod/main.bicepparam", "another environment's values");
  expect(inputs()).toBe(before);

  for (const file of ["infra/main.bicep", "infra/queries/alerts/a query.kql", own]) {
    write(file, "changed");
    expect(inputs()).not.toBe(before);
  }
});
