import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { answerHelp } from "./usage.ts";
import { findCompiler, Refusal, startBicep } from "../test/infra/bicep.ts";
import {
  change,
  copyCheckout,
  refreshSnapshots,
  removeCopy,
  staleSnapshots,
} from "./mutations/checkout.ts";
import { failingTests } from "./mutations/failing-tests.ts";
import { inRounds } from "./mutations/sample.ts";
import { allMutations, type Chosen, lineOf } from "./mutations/sources.ts";

const help = `npm run mutate:infra [-- [--seed <number>] [--minutes <number>] [word…]]

Makes dangerous changes to infra/, the pipelines and the scripts, one at a time, in a copy of this
checkout with its snapshots written again, and prints which tests caught each. Rules make thousands
(tools/mutations/): it takes one of each kind, then the next of each, in an order that the seed
decides, and begins none after so many minutes (20). Ends with 1 if one got through. With words:
only changes whose source, kind, file or line has all of them. It needs the Bicep compiler.`;

answerHelp(help);

function readUsage() {
  try {
    const options = {
      seed: { type: "string", default: "1" },
      minutes: { type: "string", default: "20" },
    } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [seed, minutes] = [Number(values.seed), Number(values.minutes)];
    if (!Number.isInteger(seed) || !(minutes > 0)) throw new RangeError();
    return { seed, minutes, words: positionals };
  } catch (error) {
    const wrong =
      error instanceof RangeError
        ? "A seed is a whole number, and minutes are above 0."
        : "There is no such option.";
    console.error(`${wrong}\n${help}`);
    process.exit(64);
  }
}

const { seed, minutes, words } = readUsage();
const describe = (mutation: Chosen) => {
  const { source, kind, file, before, after } = mutation;
  const shown = (text: string) => JSON.stringify(text.trim().slice(0, 120));
  return `${source.name}, ${kind}: ${file}:${lineOf(readFileSync(file, "utf8"), mutation)} ${shown(before)} → ${shown(after)}`;
};
const chosen = allMutations().filter((it) => words.every((word) => describe(it).includes(word)));
const queue = [...inRounds(chosen, ({ source, kind }) => `${source.name} ${kind}`, seed)];
const survived: string[] = [];
let made = 0;

// Two, because every change is made in a copy of its own and most machines have two cores to spare.
const folders = await Promise.all([copyCheckout(), copyCheckout()]);
const startCompiler = () => startBicep(findCompiler() ?? "bicep", "allowed");
process.on("exit", () => {
  folders.forEach(removeCopy);
});
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

/**
 * Who saw the change: the first group of tests in which one fails that does not fail without it.
 */
async function catchers(mutation: Chosen, folder: string): Promise<readonly string[]> {
  const undo = change(mutation, folder);
  try {
    if (/\.(bicep(param)?|kql)$/.test(mutation.file)) await refresh(mutation.file, folder);
    for (const tests of [
      ...mutation.source.testsOf(mutation.file),
      ["test/infra", "test/documents", "test/scripts"],
    ]) {
      const failed = await failingTests(folder, tests);
      if (failed.length > 0) return failed;
    }
    return [];
  } catch (error) {
    if (error instanceof Refusal) return [`It does not compile: ${error.message.slice(0, 150)}`];
    throw error;
  } finally {
    undo();
  }
}

/** The compiler keeps what it has read of a path, so each change has one of its own. */
async function refresh(file: string, folder: string): Promise<void> {
  const compiler = startCompiler();
  try {
    await refreshSnapshots(compiler, folder, file);
  } finally {
    compiler.stop();
  }
}

async function work(folder: string, end: number): Promise<void> {
  for (let next = queue.shift(); next !== undefined && Date.now() < end; next = queue.shift()) {
    const title = describe(next);
    const [first, ...others] = await catchers(next, folder);
    made++;
    if (first === undefined) survived.push(title);
    console.log(
      first === undefined
        ? `SURVIVED ${title}`
        : `caught ${title}\n  ${first}${others.length > 0 ? `, and ${others.length} more` : ""}`,
    );
  }
}

await refresh("infra/types.bicep", folders[0]);
const stale = staleSnapshots(folders[0]);
const before = [
  ...stale,
  ...(await failingTests(folders[0], [
    ...new Set(chosen.flatMap(({ source, file }) => source.testsOf(file).flat())),
  ])),
];
if (before.length > 0) {
  console.error(`Without any change, this is stale or fails:\n${before.join("\n")}`);
  process.exit(1);
}
const end = Date.now() + minutes * 60_000;
await Promise.all(folders.map((folder) => work(folder, end)));
console.log(
  [
    `Seed ${seed}: ${made} of ${chosen.length} changes made, ${made - survived.length} caught.`,
    ...survived,
  ].join("\n"),
);
process.exit(survived.length > 0 ? 1 : 0);
