import { readFileSync, writeFileSync } from "node:fs";
import { printError } from "../terminal.ts";
import { parseWantedState } from "./wanted-state.ts";

// Usage: node scripts/run.js tools/okta/write-wanted-state.ts <file> <org> <clientId> <hook url>
// <header>
const [file = "", org, clientId, url, header] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
const before = parseWantedState(text, file);
const { hook } = before;
const wanted = {
  ...before,
  // Remove the field of earlier versions. It is ignored now.
  phone: undefined,
  org,
  clientId,
  hook: hook.auth === "secret" ? { ...hook, url, header } : { ...hook, url },
};
try {
  // Check the arguments before writing, because they come from a deployment and a parameter file.
  parseWantedState(JSON.stringify(wanted), file);
  if (JSON.stringify(wanted) !== JSON.stringify(before))
    writeFileSync(file, `${JSON.stringify(wanted, null, 2)}\n`);
} catch (error) {
  printError(error instanceof Error ? error.message : "The command failed for an unknown reason.");
  process.exitCode = 1;
}
