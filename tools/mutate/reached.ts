import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What each suite reached in the run without a mutant, and how long it took. */
export const coverageFile = join(process.env["STRYKER_COVERAGE"] ?? "", "reached.jsonl");

interface Suite {
  /** Its path under test/. */
  readonly suite: string;
  readonly ms: number;
  /** Their ids. */
  readonly mutants: readonly string[];
}

export const readSuites = (): readonly Suite[] =>
  readFileSync(coverageFile, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Suite);
