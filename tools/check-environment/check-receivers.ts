import { print, printError } from "../terminal.ts";
import { readReceivers } from "./receivers.ts";

const help = `node tools/check-environment/check-receivers.ts <receivers>

Checks the receivers of pages that a user types into setup, and prints the parameter pageReceivers.
Exit code: 0 valid; 1 invalid, and the expected format is printed; 64 wrong usage.`;

const [typed, ...more] = process.argv.slice(2);
if (typed === "--help" || typed === "-h") print(help);
else if (typed === undefined || more.length > 0) {
  printError(`Pass the receivers as one argument.\n${help}`);
  process.exitCode = 64;
} else {
  const read = readReceivers(typed);
  print("bicep" in read ? read.bicep : read.problem);
  process.exitCode = "bicep" in read ? 0 : 1;
}
