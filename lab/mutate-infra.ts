import { parseArgs } from "node:util";
import { answerHelp } from "../scripts/usage.ts";
import { areas } from "./mutations/areas.ts";
import { change, copyCheckout, refreshSnapshots, removeCopy, staleSnapshots } from "./mutations/checkout.ts";
import { findCompiler, startBicep } from "../test/infra/bicep.ts";
import { failingTests } from "./mutations/failing-tests.ts";
import type { Mutation } from "./mutations/mutation.ts";

const help = `npm run mutate:infra [-- [word…]]

Makes dangerous changes to infra/, the pipelines and the scripts, one at a time, in a copy of this checkout with its snapshots
written again, and prints which tests caught each. Ends with 1 if a change got through, or no longer fits the file it is made to.
With words: only changes whose area, file or reason has one of them. It needs the Bicep compiler, and minutes.`;

answerHelp(help);

function readWords(): readonly string[] {
  try {
    return parseArgs({ allowPositionals: true }).positionals;
  } catch {
    console.error(`There is no such option.\n${help}`);
    process.exit(64);
  }
}

const words = readWords();
const chosen = areas.flatMap(({ name, tests, mutations }) =>
  mutations
    .filter(({ file, because }) => words.length === 0 || words.some((it) => `${name} ${file} ${because}`.includes(it)))
    .map((mutation) => ({ name, tests, mutation })),
);
const queue = [...chosen];
const bad: string[] = [];

// Two, because every change is made in a copy of its own and most machines have two cores to spare.
const folders = await Promise.all([copyCheckout(), copyCheckout()]);
const startCompiler = () => startBicep(findCompiler() ?? "bicep", "allowed");
const compiler = startCompiler();
process.on("exit", () => {
  compiler.stop();
  folders.forEach(removeCopy);
});
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

async function catchers(mutation: Mutation, tests: readonly string[], folder: string): Promise<readonly string[]> {
  const undo = change(mutation, folder);
  try {
    if (mutation.file.startsWith("infra/")) await refreshAfter(mutation.file, folder);
    const caught = await failingTests(folder, tests);
    if (caught.length > 0) return caught;
    // Those of other areas, and those that take minutes because they compile again and again.
    const all = mutation.file.startsWith("infra/") ? ["test/infra", "test/documents"] : ["test/infra", "test/scripts"];
    const others = await failingTests(folder, all);
    undo();
    const anyway = others.length === 0 ? [] : await failingTests(folder, all);
    return others.filter((test) => !anyway.includes(test));
  } finally {
    undo();
  }
}

async function refreshAfter(file: string, folder: string): Promise<void> {
  // The compiler that stays keeps the queries and workbooks that it has loaded, whatever becomes of their files.
  const reader = /\.bicep(?:param)?$/.test(file) ? compiler : startCompiler();
  await refreshSnapshots(reader, folder, file);
  if (reader !== compiler) reader.stop();
}

async function work(folder: string): Promise<void> {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { name, tests, mutation } = next;
    const title = `${name}: ${mutation.because}`;
    try {
      const [first, ...others] = await catchers(mutation, tests, folder);
      if (first === undefined) bad.push(`SURVIVED ${title}\n  ${mutation.file}: ${mutation.after}`);
      console.log(first === undefined ? bad.at(-1) : `caught ${title}\n  ${[first, ...others].join("\n  ")}`);
    } catch (error) {
      bad.push(`NO CHANGE ${title}\n  ${String(error)}`);
      console.log(bad.at(-1));
    }
  }
}

for (const file of ["infra/main.bicep", "infra/bootstrap/main.bicep"])
  await refreshSnapshots(compiler, folders[0], file);
const before = [
  ...staleSnapshots(folders[0]),
  ...(await failingTests(folders[0], [...new Set(chosen.flatMap(({ tests }) => tests))])),
];
if (before.length > 0) {
  console.error(`Without any change, this is stale or fails:\n${before.join("\n")}`);
  process.exit(1);
}
await Promise.all(folders.map(work));
console.log([`${chosen.length} changes, ${chosen.length - bad.length} of them caught.`, ...bad].join("\n"));
process.exit(bad.length > 0 ? 1 : 0);
