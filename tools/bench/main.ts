import { cpus, loadavg } from "node:os";
import { print, printError } from "../terminal.ts";
import { parseOptions } from "../parse-options.ts";
import { answerHelp } from "../usage.ts";
import { buildCommit } from "./build-of-commit.ts";
import { measure, type Build, type Row } from "./measure.ts";
import { startSurroundings } from "./surroundings.ts";

const help = `Compares the CPU time of two builds in one run. Needs Linux and about five minutes.

  npm run bench -- [options]

  --of COMMIT       the first commit. Default: the files of this folder
  --against COMMIT  the second commit. Default: HEAD
  --rounds N        how often each build is measured. Default: 7. Use 1 for a trial
  --help            prints this text

Run the command on an idle machine. tools/bench/README.md explains the figures.`;

/** @throws Error if an option is wrong, or the system is not Linux. */
function readUsage() {
  const given = parseOptions("npm run bench --", process.argv.slice(2), {
    of: { type: "string" },
    against: { type: "string", default: "HEAD" },
    rounds: { type: "string", default: "7" },
  });
  const rounds = Number(given.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error("--rounds must be a whole number from 1.");
  if (process.platform !== "linux")
    throw new Error("The benchmark reads CPU and memory from /proc. Run it on Linux.");
  return { ...given, rounds };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/** The ratio is the median of the ratios of all rounds, not the ratio of the two medians. */
function lineOf({ what, values: [own = [], theirs = []], digits }: Row): string {
  const ratios = own.map((value, round) => value / (theirs[round] ?? NaN));
  const cells = [median(own).toFixed(digits), median(theirs).toFixed(digits)];
  return lineUp(what, [...cells, median(ratios).toFixed(2)]);
}

const lineUp = (what: string, cells: readonly string[]) =>
  what.padEnd(36) + cells.map((cell) => cell.padStart(12)).join("");

answerHelp(help);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));
try {
  const { of, against, rounds } = readUsage();
  const builds: Build[] = [
    of === undefined ? { name: "this build", folder: "." } : buildCommit(of),
    buildCommit(against),
  ];
  const [before = 0] = loadavg();
  const rows = await measure(builds, await startSurroundings(), rounds);
  print(`${cpus()[0]?.model.trim() ?? ""}, ${cpus().length} cores, Node ${process.versions.node}`);
  print(`Load of the machine before the run: ${before.toFixed(2)} (idle: below 0.5)`);
  print(lineUp("", [...builds.map(({ name }) => name), "ratio"]));
  for (const row of rows) print(lineOf(row));
  process.exit(0);
} catch (error) {
  printError(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
