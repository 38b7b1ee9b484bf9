import { environment, settingNames } from "../../src/settings/environment.ts";
import { smsHosts, urlsOf } from "../hosts-of-8x8.ts";
import { print, printError } from "../terminal.ts";

const help = `node tools/check-environment/check-setting.ts <setting> <value>

Checks a setting's value with the app's own rules. Setup checks each typed value with
this command. docs/configure.md lists the settings.
An empty value means that the setting is not set. The value is never printed.
Exit code: 0 valid; 1 invalid, and the expected format is printed; 64 wrong usage.`;

/** Returns what is wrong with the value, as the end of a sentence. */
function problemOf(name: (typeof settingNames)[number], value: string): string | undefined {
  const schema = environment.shape[name];
  if (value === "") return schema.meta()?.needed === "always" ? "is missing" : undefined;
  const problem = schema.safeParse(value).error?.issues[0]?.message;
  if (problem !== undefined || name !== "EIGHT_BY_EIGHT_SMS_URL") return problem;
  // The key and every code would go there. The check's rule sends-to-8x8 says the same later.
  return smsHosts.includes(URL.parse(value)?.hostname ?? "")
    ? undefined
    : `is not 8x8's URL for a region: ${urlsOf(smsHosts)}`;
}

const [typed, value, ...more] = process.argv.slice(2);
const name = settingNames.find((known) => known === typed);
if (typed === "--help" || typed === "-h") print(help);
else if (name === undefined || value === undefined || more.length > 0) {
  printError(
    `${name === undefined ? "There is no such setting." : "Pass a setting and its value."}\n${help}`,
  );
  process.exitCode = 64;
} else {
  const problem = problemOf(name, value.trim());
  if (problem !== undefined) print(`That ${problem}.`);
  process.exitCode = problem === undefined ? 0 : 1;
}
