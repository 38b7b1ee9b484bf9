import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { print, printError } from "../terminal.ts";
import { answerHelp } from "../usage.ts";
import { buildCommit } from "./build-of-commit.ts";
import { createBuilds, createContestants } from "./contestants.ts";
import { measure } from "./measure.ts";
import { startSurroundings } from "./surroundings.ts";
import { drawTable } from "./table.ts";

const help = `Compares the app with 8x8's tutorial and with a function that only forwards the request. Needs Linux
and about five minutes.

  npm run bench -- [options]

  --against COMMIT  compares this build with the build of that commit instead
  --rounds N        number of runs of each contestant (5, or 7 with --against). Use 1 for a trial
  --write           writes the table to tools/bench/results.md
  --help            prints this text

Run the benchmark on a machine that does nothing else. tools/bench/README.md explains the figures.`;

const page = "tools/bench/results.md";

/** Exits with code 64 if an option is wrong. */
function readUsage() {
  try {
    return parseUsage();
  } catch (error) {
    printError(`${error instanceof Error ? error.message : String(error)}\n${help}`);
    process.exit(64);
  }
}

function parseUsage() {
  const { values } = parseArgs({
    options: {
      against: { type: "string" },
      rounds: { type: "string" },
      write: { type: "boolean", default: false },
    },
  });
  if (process.platform !== "linux")
    throw new Error("The benchmark reads CPU and memory from /proc. Run it on Linux.");
  const { against, write } = values;
  const rounds = Number(values.rounds ?? (against === undefined ? 5 : 7));
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error("--rounds must be a whole number from 1.");
  if (write && against !== undefined)
    throw new Error("--write cannot be combined with --against. Leave out one of them.");
  return { against, rounds, write };
}

async function run({ against, rounds, write }: ReturnType<typeof readUsage>): Promise<void> {
  const build = against === undefined ? undefined : buildCommit(against);
  const env = await startSurroundings();
  const contestants =
    build === undefined
      ? createContestants(env)
      : createBuilds(env, build.folder, build.hash.slice(0, 8));
  const rows = await measure(contestants, rounds);
  const today = new Date().toISOString().slice(0, 10);
  const cores = `${cpus()[0]?.model.trim() ?? ""}, ${cpus().length} cores`;
  const head = `${today}, ${cores}, Node ${process.versions.node}`;
  const titles = contestants.map(({ title }) => title);
  const table = drawTable(head, titles, rows);
  print(table);
  if (write) writeFileSync(page, readFileSync(page, "utf8").replace(/^\|.*(?:\n\|.*)*/m, table));
}

answerHelp(help);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));
try {
  await run(readUsage());
} catch (error) {
  printError(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
