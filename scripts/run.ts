import { execSync } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { asksForHelp } from "./usage.ts";

// node scripts/run.ts <script of package.json>… <file.ts> [argument…]
// Runs the file after what it needs, which is not made where the file is asked for its help alone.
const args = process.argv.slice(2);
const at = args.findIndex((argument) => argument.endsWith(".ts"));
const file = resolve(args[at] ?? "");
process.argv.splice(1, at + 2, file);
if (!asksForHelp())
  for (const script of args.slice(0, at)) execSync(`npm run --silent ${script}`, { stdio: "inherit" });
await import(pathToFileURL(file).href);
