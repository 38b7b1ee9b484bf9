import { hook } from "./hook.ts";
import { help } from "./usage.ts";
import { print, printError } from "../terminal.ts";
import { answerHelp } from "../usage.ts";

answerHelp(help);
process.exitCode = await hook(process.argv.slice(2), process.env, { print, printError });
