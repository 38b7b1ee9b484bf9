import { relative } from "node:path";

interface Suite {
  readonly testFilePath: string;
  readonly perfStats: { readonly start: number; readonly end: number };
}

/** A reporter of jest: prints the ten slowest suites at the end of a run of many, so that one that became slow is seen. */
export default class SlowestSuites {
  onRunComplete(_: unknown, { testResults }: { readonly testResults: readonly Suite[] }): void {
    if (testResults.length <= 10) return;
    const seconds = ({ perfStats: { start, end } }: Suite) => (end - start) / 1_000;
    const slowest = testResults.toSorted((one, other) => seconds(other) - seconds(one)).slice(0, 10);
    const lines = slowest.map(
      (suite) => `${seconds(suite).toFixed(1).padStart(6)} s  ${relative("", suite.testFilePath)}`,
    );
    process.stderr.write(`\nSlowest suites:\n${lines.join("\n")}\n`);
  }
}
