import { parseArgs } from "node:util";

/**
 * For a script whose arguments are flags alone, if any: --help ends it with this text, what it does not have with the text and
 * exit code 64. Returns the flags that were given.
 */
export function answerUsage(help: string, ...flags: readonly string[]): readonly string[] {
  const own = Object.fromEntries(flags.map((flag) => [flag, { type: "boolean" } as const]));
  try {
    const { values } = parseArgs({ options: { ...own, help: { type: "boolean", short: "h" } } });
    if (values["help"] !== true) return Object.keys(values);
    console.log(help);
  } catch {
    console.error(`There is no such option or argument.\n${help}`);
    process.exitCode = 64;
  }
  process.exit();
}
