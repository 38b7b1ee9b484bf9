import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

// They see that something changed, whatever it is: that a snapshot is stale, that a file would be
// laid out otherwise.
const notCounted = /finds the snapshot of \S+ fresh|would format every file as it is/;

/**
 * The tests that fail in a copy of the checkout, without these: file and name, or the file alone
 * where it could not even be loaded.
 */
export async function failingTests(folder: string, paths: readonly string[], without = notCounted) {
  const report = join(folder, "jest-report.json");
  const jest = join(folder, "node_modules/jest/bin/jest.js");
  const args = [jest, "--runInBand", "--silent", "--json", `--outputFile=${report}`, ...paths];
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: folder, stdio: "ignore" });
    child.on("error", reject).on("close", () => {
      resolve();
    });
  });
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as Report;
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults
      .filter((test) => test.status === "failed")
      .map((test) => test.fullName);
    if (failed.length === 0 && status === "failed") return [`${basename(name)} does not run`];
    return failed.filter((test) => !without.test(test)).map((test) => `${basename(name)}: ${test}`);
  });
}
