import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerUsage } from "../tools/usage.ts";

answerUsage(`npm run check:lock

Checks that package-lock.json installs with each npm version that people use. It installs nothing.
It needs the npm registry, so npm test does not run it.`);

// These are npm's versions in Node 20, 22 and 24, and its newest version.
const versions = ["10.8.2", "10.9.4", "11.6.2", "12.2.2"];

const folder = mkdtempSync(join(tmpdir(), "check-lock-"));
process.on("exit", () => {
  rmSync(folder, { recursive: true });
});
// The copy has only files of a fresh clone.
for (const file of ["package.json", "package-lock.json", ".npmrc"])
  cpSync(file, join(folder, file));

const noNetwork = /^npm error code (E(?:AI_AGAIN|CONN|HOST|NET|NOTFOUND|TIMEDOUT)\S*)$/m;

for (const version of versions) {
  const args = [
    "--yes",
    "--loglevel=error",
    `npm@${version}`,
    "ci",
    "--dry-run",
    "--ignore-scripts",
  ];
  const { status, stdout, stderr } = spawnSync("npx", args, {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status === 0) {
    console.log(`npm ${version} installs what package-lock.json says.`);
    continue;
  }
  const output = `${stdout}${stderr}`.trimEnd();
  const [, code] = noNetwork.exec(output) ?? [];
  if (code !== undefined) {
    console.error(`npm ${version} does not reach its registry (${code}). Check your network.`);
    process.exit(1);
  }
  // npm's own help text is left out.
  const differences = output.match(/(?:Missing|Invalid): .*/g)?.join("\n");
  console.error(
    differences === undefined
      ? `npm ${version} fails:\n${output}`
      : `npm ${version} refuses package-lock.json:\n${differences}`,
  );
  process.exitCode = 1;
}
