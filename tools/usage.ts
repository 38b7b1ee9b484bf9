import { parseArgs } from "node:util";

/** Whether this process was started for its help: --help wins over whatever else is given. */
export function asksForHelp(): boolean {
  return process.argv.slice(2).some((argument) => argument === "--help" || argument === "-h");
}

/** First in each command: --help prints this text, does nothing else and ends with 0. */
export function answerHelp(help: string): void {
  if (!asksForHelp()) return;
  console.log(help);
  process.exit();
}

/**
 * For a script whose arguments are flags alone, if any: --help ends it with this text, what it does
 * not have with the text and exit code 64. Returns the flags that were given.
 */
export function answerUsage(help: string, ...flags: readonly string[]): readonly string[] {
  answerHelp(help);
  const own = Object.fromEntries(flags.map((flag) => [flag, { type: "boolean" } as const]));
  try {
    return Object.keys(parseArgs({ options: own }).values);
  } catch {
    console.error(`There is no such option or argument.\n${help}`);
    process.exit(64);
  }
}
