import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerUsage } from "../tools/usage.ts";

answerUsage(`npm run check:lock

Tries whether the committed package-lock.json installs with each npm that people have. It installs
nothing. It asks the registry, so it is not part of npm test.`);

// Those of Node 20, 22 and 24, and the newest when this was written.
const versions = ["10.8.2", "10.9.4", "11.6.2", "12.2.2"];

const folder = mkdtempSync(join(tmpdir(), "check-lock-"));
process.on("exit", () => {
  rmSync(folder, { recursive: true });
});
// What a fresh clone has, without what is only on this machine.
for (const file of ["package.json", "package-lock.json", ".npmrc"])
  writeFileSync(join(folder, file), execFileSync("git", ["show", `HEAD:${file}`]));

for (const version of versions) {
  const args = [
    "--yes",
    `npm@${version}`,
    "ci",
    "--dry-run",
    "--ignore-scripts",
    "--loglevel=error",
  ];
  const { status, stdout, stderr } = spawnSync("npx", args, {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status === 0) console.log(`npm ${version} installs what package-lock.json says.`);
  else {
    console.error(`npm ${version} refuses package-lock.json:\n${stdout}${stderr}`.trimEnd());
    process.exitCode = 1;
  }
}
