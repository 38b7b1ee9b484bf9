import { cpus } from "node:os";
import { print, printError } from "../terminal.ts";
import { parseOptions } from "../parse-options.ts";
import { answerHelp } from "../usage.ts";
import { buildCommit } from "./build-of-commit.ts";
import { measure, type Row } from "./measure.ts";
import { startSurroundings } from "./surroundings.ts";

const help = `Compares the speed of this build with the build of a commit. Needs Linux and about five minutes.

  npm run bench -- [options]

  --against COMMIT  the commit. Default: HEAD
  --rounds N        how often each build is measured. Default: 7. Use 1 for a trial
  --help            prints this text

Run the command on an idle machine. tools/bench/README.md explains the figures.`;

/** @throws Error if an option is wrong, or the system is not Linux. */
function readUsage() {
  const { against, rounds: given } = parseOptions("npm run bench --", process.argv.slice(2), {
    against: { type: "string", default: "HEAD" },
    rounds: { type: "string", default: "7" },
  });
  const rounds = Number(given);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error("--rounds must be a whole number from 1.");
  if (process.platform !== "linux")
    throw new Error("The benchmark reads CPU and memory from /proc. Run it on Linux.");
  return { against, rounds };
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
  const { against, rounds } = readUsage();
  const { folder, hash } = buildCommit(against);
  const rows = await measure([".", folder], await startSurroundings(), rounds);
  print(`${cpus()[0]?.model.trim() ?? ""}, ${cpus().length} cores, Node ${process.versions.node}`);
  print(lineUp("", ["this build", hash.slice(0, 8), "ratio"]));
  for (const row of rows) print(lineOf(row));
  process.exit(0);
} catch (error) {
  printError(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
