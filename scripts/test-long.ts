import { execFileSync, spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { answerUsage } from "../tools/usage.ts";

answerUsage(`npm run test:long

Runs the tests that npm test omits or shortens, and the tests of the code table against
Azurite. It takes about half an hour, most of it for simulated weeks of alerts.`);

// Azurite is installed in npm's cache and not in the project, because its SDKs would change the
// package sizes that the tests measure.
const azurite = [
  "--yes",
  "--ignore-scripts",
  "--package=azurite@3.37.0",
  "--call=command -v azurite-table",
];
const program = execFileSync("npm", ["exec", ...azurite], { encoding: "utf8" }).trim();

const run = spawnSync("jest", ["\\.long\\.test\\.ts$"], {
  env: { ...process.env, AZURITE: realpathSync(program), TEST_LONG: "1" },
  stdio: "inherit",
  shell: process.platform === "win32",
});
process.exitCode = run.status ?? 1;
