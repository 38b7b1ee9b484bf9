import { resolve } from "node:path";
import { startBicep } from "./bicep.ts";
import { stages } from "./environment.ts";
import { check } from "./files.ts";
import { type Finding, problem } from "./judge.ts";
import { forbiddenIn } from "./values-file.ts";
import { print, printError } from "../terminal.ts";
import { commandLine } from "../command-line.ts";

const usage = `Usage: BICEP=… check-values <folder or parameter file>. To check an environment, run: ${commandLine("check", "<environment>")}`;

/** For a parameter file, checks only that the compiler may read this file. */
async function findingsIn(path: string): Promise<readonly Finding[]> {
  if (path.endsWith(".bicepparam")) return forbiddenIn(path).map(problem);
  const { BICEP, STAGE } = process.env;
  if (BICEP === undefined) throw new Error(usage);
  const bicep = startBicep(BICEP, process.env);
  try {
    const stage = stages.find((known) => known === STAGE);
    return await check(path, (method, params) => bicep.call(method, params), process.env, stage);
  } finally {
    bicep.stop();
  }
}

const [path, ...more] = process.argv.slice(2);
if (path === undefined || more.length > 0) {
  printError(usage);
  process.exitCode = 64;
} else {
  try {
    const findings = await findingsIn(resolve(path));
    for (const { kind, words } of findings) print(`${kind.padEnd(8)}  ${words}`);
    const problems = findings.filter(({ kind }) => kind === "problem").length;
    print(
      `${path}: ${problems === 0 ? "no problem" : problems === 1 ? "1 problem" : `${problems} problems`}.`,
    );
    process.exitCode = problems === 0 ? 0 : 1;
  } catch (error) {
    printError(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
