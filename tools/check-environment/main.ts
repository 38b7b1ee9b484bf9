import { resolve } from "node:path";
import { startBicep } from "./bicep.ts";
import { stages } from "./environment.ts";
import { check } from "./files.ts";
import { print, printError } from "../terminal.ts";

const [folder, ...more] = process.argv.slice(2);
const { BICEP, STAGE } = process.env;
if (folder === undefined || BICEP === undefined || more.length > 0) {
  printError(
    "Usage: BICEP=… node tools/check-environment/main.ts <folder>. Run scripts/check-environment.sh instead.",
  );
  process.exitCode = 64;
} else {
  // A parameter file can read environment variables, as in a deployment.
  const bicep = startBicep(BICEP, process.env);
  try {
    const stage = stages.find((known) => known === STAGE);
    const findings = await check(
      resolve(folder),
      (method, params) => bicep.call(method, params),
      process.env,
      stage,
    );
    for (const { kind, words } of findings) print(`${kind.padEnd(8)}  ${words}`);
    const problems = findings.filter(({ kind }) => kind === "problem").length;
    print(
      `${folder}: ${problems === 0 ? "no problem" : problems === 1 ? "1 problem" : `${problems} problems`}.`,
    );
    process.exitCode = problems === 0 ? 0 : 1;
  } catch (error) {
    printError(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  } finally {
    bicep.stop();
  }
}
