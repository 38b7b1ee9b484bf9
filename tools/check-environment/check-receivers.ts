import { print, printError } from "../terminal.ts";
import { readReceivers } from "./receivers.ts";

const help = `node tools/check-environment/check-receivers.ts <receivers>

Judges who is paged, for setup's question, and prints the parameter pageReceivers for it. Exit code 0: it is taken; 1: it is
not, and the form that it should have is printed; 64: wrong usage.`;

const [typed, ...more] = process.argv.slice(2);
if (typed === "--help" || typed === "-h") print(help);
else if (typed === undefined || more.length > 0) {
  printError(`It takes the receivers as one argument.\n${help}`);
  process.exitCode = 64;
} else {
  const read = readReceivers(typed);
  print("bicep" in read ? read.bicep : read.problem);
  process.exitCode = "bicep" in read ? 0 : 1;
}
