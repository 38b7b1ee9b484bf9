import { environment, settingNames } from "../../src/settings/environment.ts";
import { print, printError } from "../terminal.ts";

const help = `node tools/check-environment/check-setting.ts <setting> <value>

Judges one value as the program would, for setup's questions: docs/configure.md has the settings.
Exit code 0: it is taken; 1: it is not, and the form that it should have is printed; 64: wrong
usage. An empty value is none. The value is never printed.`;

/**
 * What is wrong with this value, as the end of a sentence; undefined where the program takes it.
 */
function problemOf(name: (typeof settingNames)[number], value: string): string | undefined {
  const schema = environment.shape[name];
  if (value !== "") return schema.safeParse(value).error?.issues[0]?.message;
  return schema.meta()?.needed === "always" ? "is missing" : undefined;
}

const [typed, value, ...more] = process.argv.slice(2);
const name = settingNames.find((known) => known === typed);
if (typed === "--help" || typed === "-h") print(help);
else if (name === undefined || value === undefined || more.length > 0) {
  printError(
    `${name === undefined ? "There is no such setting." : "It takes a setting and its value."}\n${help}`,
  );
  process.exitCode = 64;
} else {
  const problem = problemOf(name, value.trim());
  if (problem !== undefined) print(`That ${problem}.`);
  process.exitCode = problem === undefined ? 0 : 1;
}
