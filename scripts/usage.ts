import { parseArgs } from "node:util";

/** For a script without arguments: --help ends it with this text, anything else with the text and exit code 64. */
export function answerUsage(help: string): void {
  try {
    const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" } } });
    if (values.help !== true) return;
    console.log(help);
  } catch {
    console.error(`There is no such option or argument.\n${help}`);
    process.exitCode = 64;
  }
  process.exit();
}
