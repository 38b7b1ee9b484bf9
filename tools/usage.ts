import { parseArgs } from "node:util";

/** True if --help or -h is among the arguments, whatever the other arguments are. */
export function asksForHelp(): boolean {
  return process.argv.slice(2).some((argument) => argument === "--help" || argument === "-h");
}

/** Call this first in a command. On --help, prints the text and exits with 0. */
export function answerHelp(help: string): void {
  if (!asksForHelp()) return;
  console.log(help);
  process.exit();
}

/**
 * Returns the flags among the arguments, for a script that takes only flags. On --help, prints the
 * text and exits with 0. On an unknown argument, prints the text and exits with 64.
 */
export function answerUsage(help: string, ...flags: readonly string[]): readonly string[] {
  answerHelp(help);
  const own = Object.fromEntries(flags.map((flag) => [flag, { type: "boolean" } as const]));
  try {
    return Object.keys(parseArgs({ options: own }).values);
  } catch {
    console.error(`An option or argument is unknown.\n${help}`);
    process.exit(64);
  }
}
