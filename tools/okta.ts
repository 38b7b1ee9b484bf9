import { okta } from "./okta/command.ts";
import { help } from "./okta/usage.ts";
import { print, printError } from "../local/terminal.ts";
import { answerHelp } from "../scripts/usage.ts";

answerHelp(help);
process.exitCode = await okta(process.argv.slice(2), { input: process.stdin, print, printError });
