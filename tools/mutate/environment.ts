import { appendFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Circus } from "@jest/types";
import ProgramEnvironment from "../../test/worker/environment.ts";
import { coverageFile } from "./reached.ts";

/** How often each mutant was passed: while modules were loaded, and in each test. */
interface Coverage {
  readonly static: Readonly<Record<string, number>>;
  readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/**
 * What Stryker shares with the code that it changed. Its runner puts it on the global of a test's
 * realm.
 */
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
  #before: ReadonlyMap<string, number> = new Map();

  constructor(...args: ConstructorParameters<typeof ProgramEnvironment>) {
    super(...args);
    this.#suite = args[1].testPath;
  }

  override async setup(): Promise<void> {
    await super.setup();
    const stryker = (this.global["__stryker__"] ??= {}) as Stryker;
    outside.__stryker__ = stryker;
    stryker.activeMutant = process.env["__STRYKER_ACTIVE_MUTANT__"];
    this.#before = passed(stryker);
    if (stryker.activeMutant === loadedFor) return;
    // What runs when a module is loaded is changed as well.
    loadedFor = stryker.activeMutant;
    const { cache } = createRequire(import.meta.url);
    for (const file of Object.keys(cache))
      if (file.includes("/.cache/programs-")) Reflect.deleteProperty(cache, file);
  }

  /**
   * One failure is enough: Stryker's runner cannot have jest stop there
   * (https://github.com/jestjs/jest/issues/11766).
   */
  handleTestEvent(event: Circus.AsyncEvent, { rootDescribeBlock }: Circus.State): void {
    const mutant = outside.__stryker__?.activeMutant;
    if (mutant === undefined) return;
    if (event.name === "test_done" && event.test.errors.length > 0) killed = mutant;
    if (killed !== mutant) return;
    if (event.name === "run_start") skip(rootDescribeBlock);
    if (event.name === "test_start") event.test.mode = "skip";
  }

  override async teardown(): Promise<void> {
    const stryker = outside.__stryker__;
    if (stryker && stryker.activeMutant === undefined) {
      const suite = this.#suite.replace(/^.*\/test\//, "");
      const mutants = [...passed(stryker)]
        .filter(([id, times]) => times > (this.#before.get(id) ?? 0))
        .map(([id]) => id);
      appendFileSync(
        coverageFile,
        `${JSON.stringify({ suite, ms: performance.now() - this.#startedAt, mutants })}\n`,
      );
    }
    await super.teardown();
  }
}

/** The bundle keeps the object that it found first, so it is looked at and never replaced. */
function passed({ mutantCoverage }: Stryker): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const part of [
    mutantCoverage?.static ?? {},
    ...Object.values(mutantCoverage?.perTest ?? {}),
  ])
    for (const [id, more] of Object.entries(part)) times.set(id, (times.get(id) ?? 0) + more);
  return times;
}

function skip(block: Circus.DescribeBlock): void {
  block.mode = "skip";
  for (const child of block.children) {
    if (child.type === "test") child.mode = "skip";
    else skip(child);
  }
}
