import { existsSync } from "node:fs";
import { coverageFile, readSuites } from "./reached.ts";

/**
 * What jest asks of one: https://jestjs.io/docs/configuration#testsequencer-string. The quick
 * suites first: most mutants die there.
 */
export default class QuickFirst {
  sort<Test extends { readonly path: string }>(tests: readonly Test[]): Test[] {
    const suites = existsSync(coverageFile) ? readSuites() : [];
    const msOf = ({ path }: Test) =>
      suites.find(({ suite }) => path.endsWith(`/test/${suite}`))?.ms ?? 0;
    return [...tests].sort((a, b) => msOf(a) - msOf(b));
  }

  /** Nothing is kept for the next run: Stryker runs these suites by the thousand. */
  cacheResults(): void {
    // As is written above.
  }
}
