import { spawnSync } from "node:child_process";
import { answerUsage } from "../scripts/usage.ts";

answerUsage(`npm run test:long

Runs whole what npm test runs small, and the tables at Azurite, which it installs in lab/azurite first. Takes about ten minutes.`);

const run = spawnSync("jest", ["lab/test", "mutated", "property", "check-environment"], {
  env: { ...process.env, TEST_LONG: "1" },
  stdio: "inherit",
  shell: process.platform === "win32",
});
process.exitCode = run.status ?? 1;
