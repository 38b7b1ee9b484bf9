import { appendFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Circus } from "@jest/types";
import ProgramEnvironment from "../../test/worker/environment.ts";
import { coverageFile } from "./reached.ts";

interface Coverage {
  readonly static: Record<string, number>;
  readonly perTest: Record<string, Record<string, number>>;
}

/** What Stryker shares with the code that it changed. Its runner puts it on the global of a test's realm. */
interface Stryker {
  activeMutant?: string | undefined;
  mutantCoverage?: Coverage | undefined;
}

const outside = globalThis as { __stryker__?: Stryker };
let loadedFor: string | undefined;
let killed: string | undefined;

/** The tests' own, in which Stryker's switch reaches the program's bundle too. */
export default class MutantEnvironment extends ProgramEnvironment {
  readonly #suite: string;
  readonly #startedAt = performance.now();
  #before: Coverage | undefined;

  constructor(...args: ConstructorParameters<typeof ProgramEnvironment>) {
    super(...args);
    this.#suite = args[1].testPath;
  }

  override async setup(): Promise<void> {
    await super.setup();
    const stryker = (this.global["__stryker__"] ??= {}) as Stryker;
    outside.__stryker__ = stryker;
    stryker.activeMutant = process.env["__STRYKER_ACTIVE_MUTANT__"];
    this.#before = stryker.mutantCoverage;
    stryker.mutantCoverage = { static: {}, perTest: {} };
    if (stryker.activeMutant === loadedFor) return;
    // What runs when a module is loaded is changed as well.
    loadedFor = stryker.activeMutant;
    const { cache } = createRequire(import.meta.url);
    for (const file of Object.keys(cache)) if (file.includes("/.cache/programs-")) Reflect.deleteProperty(cache, file);
  }

  /** One failure is enough: Stryker's runner cannot have jest stop there (https://github.com/jestjs/jest/issues/11766). */
  handleTestEvent(event: Circus.AsyncEvent, { rootDescribeBlock }: Circus.State): void {
    const mutant = outside.__stryker__?.activeMutant;
    if (mutant === undefined) return;
    if (event.name === "test_done" && event.test.errors.length > 0) killed = mutant;
    if (event.name === "run_start" && killed === mutant) skip(rootDescribeBlock);
  }

  override async teardown(): Promise<void> {
    const stryker = outside.__stryker__;
    const { static: loaded, perTest } = stryker?.mutantCoverage ?? { static: {}, perTest: {} };
    if (stryker && stryker.activeMutant === undefined) {
      const reached = new Set([loaded, ...Object.values(perTest)].flatMap(Object.keys));
      appendFileSync(
        coverageFile,
        `${JSON.stringify({ suite: this.#suite.replace(/^.*\/test\//, ""), ms: performance.now() - this.#startedAt, mutants: [...reached] })}\n`,
      );
      stryker.mutantCoverage = {
        static: { ...this.#before?.static, ...loaded },
        perTest: { ...this.#before?.perTest, ...perTest },
      };
    }
    await super.teardown();
  }
}

function skip(block: Circus.DescribeBlock): void {
  block.mode = "skip";
  for (const child of block.children) {
    if (child.type === "test") child.mode = "skip";
    else skip(child);
  }
}
