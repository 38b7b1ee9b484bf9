import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

export function copyCheckout(): string {
  const folder = mkdtempSync(join(tmpdir(), "checkout-"));
  const listed = execFileSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    { encoding: "utf8" },
  );
  for (const file of listed.split("\0").filter((name) => name !== "" && existsSync(name)))
    cpSync(file, join(folder, file));
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  return folder;
}

export function failingTests(folder: string, pattern: string): readonly string[] {
  const report = join(folder, "jest-report.json");
  const jest = join(folder, "node_modules/jest/bin/jest.js");
  const args = [jest, "--runInBand", "--silent", "--json", `--outputFile=${report}`, pattern];
  spawnSync(process.execPath, args, { cwd: folder, stdio: "ignore" });
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as Report;
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0 && status === "failed") return [`${basename(name)} does not run`];
    return failed.map((test) => `${basename(name)}: ${test.fullName}`);
  });
}
