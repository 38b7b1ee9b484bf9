import { okta } from "./command.ts";
import { help } from "./usage.ts";
import { print, printError } from "../terminal.ts";
import { answerHelp } from "../usage.ts";

answerHelp(help);
const onStop = () => {
  printError("\nStopped. Nothing was changed.");
  process.exit(130);
};
process.on("SIGINT", onStop);
const onChange = () => process.off("SIGINT", onStop);
const terminal = { input: process.stdin, print, printError, onChange };
process.exitCode = await okta(process.argv.slice(2), terminal);
