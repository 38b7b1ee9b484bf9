import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { answerHelp } from "./usage.ts";
import { livingAsExpected } from "./mutate/living.ts";
import { countOf, describeMutant, mutantsOf, type Report } from "./mutate/report.ts";

const help = `npm run mutate [-- [--seed <number>] [--mutants <number>] [file…]]

Changes src/ in small ways with Stryker, one at a time, and prints each change that no test sees. It
draws 600 of all changes, in an order that the seed decides (1), from the folders that decide about
a code, or from the files that are named. Stryker is fetched by this command. Ends with 1 if fewer
than 90 % die, or if one lives that tools/mutate/living.ts does not explain.`;

answerHelp(help);

const folders = ["8x8", "delivery", "guard", "okta", "secrets", "settings"];

function readUsage() {
  try {
    const options = {
      seed: { type: "string", default: "1" },
      mutants: { type: "string", default: "600" },
    } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const mutants = Number(values.mutants);
    if (!(mutants > 0)) throw new RangeError();
    return { sample: { seed: values.seed, mutants }, files: positionals };
  } catch (error) {
    const wrong =
      error instanceof RangeError ? "There has to be a mutant." : "There is no such option.";
    console.error(`${wrong}\n${help}`);
    process.exit(64);
  }
}

const { sample, files } = readUsage();

// The runner's version names the core's.
const version = "10.0.0";
const root = resolve(import.meta.dirname, "..");
const home = join(root, ".cache/stryker");
if (!existsSync(join(home, "node_modules/@stryker-mutator/jest-runner"))) {
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), '{ "private": true }\n');
  const packages = [`@stryker-mutator/core@${version}`, `@stryker-mutator/jest-runner@${version}`];
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages], {
    cwd: home,
    stdio: "inherit",
  });
}

rmSync(join(home, "reached.jsonl"), { force: true });
const report = join(home, "mutation.json");
const tested = `{${[...folders, "functions", "sent-codes"].join(",")}}`;
const options = {
  mutate: files.length > 0 ? files : [`src/{${folders.join(",")}}/**/*.ts`],
  plugins: ["@stryker-mutator/jest-runner", join(root, "tools/mutate/sample.ts")],
  checkers: ["sample"],
  sample,
  testRunner: "jest",
  jest: {
    // The bundle of programs is no import of a test, so jest cannot know which suites are related:
    // tools/mutate/filter.ts does.
    enableFindRelatedTests: false,
    config: {
      testEnvironment: "./tools/mutate/environment.ts",
      globalSetup: "<rootDir>/tools/mutate/set-up.ts",
      filter: "<rootDir>/tools/mutate/filter.ts",
      // A test that a change keeps waiting is red by then: on an idle machine none needs a quarter
      // of it.
      testTimeout: 40_000,
      testSequencer: "<rootDir>/tools/mutate/sequencer.ts",
      testMatch: [
        `<rootDir>/test/${tested}/**/*.test.ts`,
        "<rootDir>/test/{guarding,hostile-input*}.test.ts",
      ],
    },
  },
  coverageAnalysis: "perTest",
  // What a change costs is not known beside other work, and a time limit that ends a test is no
  // kill.
  timeoutMS: 120_000,
  dryRunTimeoutMinutes: 60,
  // The program's bundle is loaded again for each mutant, with servers of its own.
  maxTestRunnerReuse: 25,
  concurrency: 2,
  reporters: ["json", "progress-append-only"],
  jsonReporter: { fileName: report },
  tempDirName: ".cache/stryker/sandboxes",
  ignorePatterns: ["/.cache", "/dist"],
  disableTypeChecks: false,
  allowConsoleColors: false,
  // Of the sample.
  warnings: { unknownOptions: false },
};
const config = join(home, "stryker.config.json");
writeFileSync(config, JSON.stringify(options, null, 2));
const stryker = join(home, "node_modules/@stryker-mutator/core/bin/stryker.js");
const { status } = spawnSync(process.execPath, [stryker, "run", config], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, STRYKER_COVERAGE: home },
});
if (status !== 0) process.exit(status ?? 1);

const mutants = mutantsOf(JSON.parse(readFileSync(report, "utf8")) as Report);
const { drawn, killed, living } = countOf(mutants);
const unexpected = living.filter((mutant) => !livingAsExpected(mutant));
for (const mutant of living)
  console.log(`${unexpected.includes(mutant) ? "lives" : "known"}: ${describeMutant(mutant)}`);
console.log(
  `${killed} of ${drawn} die (${((100 * killed) / drawn).toFixed(1)} %), ${unexpected.length} of ${living.length} that live are not explained.`,
);
if (killed < 0.9 * drawn || unexpected.length > 0) process.exitCode = 1;
