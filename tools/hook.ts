import { hook } from "./hook/command.ts";
import { help } from "./hook/usage.ts";
import { print, printError } from "../local/terminal.ts";
import { answerHelp } from "../scripts/usage.ts";

answerHelp(help);
process.exitCode = await hook(process.argv.slice(2), process.env, { print, printError });
