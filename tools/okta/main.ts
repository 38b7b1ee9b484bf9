import { okta } from "./command.ts";
import { help } from "./usage.ts";
import { print, printError } from "../terminal.ts";
import { answerHelp } from "../usage.ts";

answerHelp(help);
process.exitCode = await okta(process.argv.slice(2), { input: process.stdin, print, printError });
