import { execFileSync, spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { answerUsage } from "../tools/usage.ts";

answerUsage(`npm run test:long

Runs whole what npm test runs small, and the tables at Azurite, which npm keeps in its cache. Takes
about ten minutes.`);

// In npm's cache and in no folder of the project: the SDKs that it brings would be found by what is
// measured here.
const azurite = [
  "--yes",
  "--ignore-scripts",
  "--package=azurite@3.37.0",
  "--call=command -v azurite-table",
];
const program = execFileSync("npm", ["exec", ...azurite], { encoding: "utf8" }).trim();

const run = spawnSync("jest", ["\\.long\\.test\\.ts$", "test/tools/guard/simulate"], {
  env: { ...process.env, AZURITE: realpathSync(program), TEST_LONG: "1" },
  stdio: "inherit",
  shell: process.platform === "win32",
});
process.exitCode = run.status ?? 1;
