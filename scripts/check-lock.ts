import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerUsage } from "../tools/usage.ts";

answerUsage(`npm run check:lock

Checks that package-lock.json installs with each npm version that people use. It installs nothing.
It needs the npm registry, so npm test does not run it.`);

/** The versions of npm in Node 20, 22 and 24, and its newest version, with their checksums. */
const versions = {
  "10.8.2":
    "sha512-x/AIjFIKRllrhcb48dqUNAAZl0ig9+qMuN91RpZo3Cb2+zuibfh+KISl6+kVVyktDz230JKc208UkQwwMqyB+w==",
  "10.9.4":
    "sha512-OnUG836FwboQIbqtefDNlyR0gTHzIfwRfE3DuiNewBvnMnWEpB0VEXwBlFVgqpNzIgYo/MHh3d2Hel/pszapAA==",
  "11.6.2":
    "sha512-7iKzNfy8lWYs3zq4oFPa8EXZz5xt9gQNKJZau3B1ErLBb6bF7sBJ00x09485DOvRT2l5Gerbl3VlZNT57MxJVA==",
  "12.2.2":
    "sha512-KglgbZyacf7jH+FHuNRqVuCzQi8VhI2a7J87Ix43FsPTuZoGWmIXXGdZtBUOA79vwL+IJREqURVzupA7PsQTcA==",
};

const folder = mkdtempSync(join(tmpdir(), "check-lock-"));
process.on("exit", () => {
  rmSync(folder, { recursive: true });
});
// The copy has only files of a fresh clone.
for (const file of ["package.json", "package-lock.json", ".npmrc"])
  cpSync(file, join(folder, file));

const noNetwork = /^npm error code (E(?:AI_AGAIN|CONN|HOST|NET|NOTFOUND|TIMEDOUT)\S*)$/m;

const run = (program: string, args: readonly string[]) =>
  spawnSync(program, args, {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });

for (const [version, checksum] of Object.entries(versions)) {
  // npm compares what it downloads with the registry's checksum, so compare that one with ours.
  const listed = run("npm", ["view", "--loglevel=error", `npm@${version}`, "dist.integrity"]);
  const isOurs = listed.stdout.trim() === checksum;
  if (listed.status === 0 && !isOurs) {
    console.error(`npm ${version} has another checksum in the registry. Do not run it.`);
    process.exit(1);
  }
  const args = ["--yes", "--loglevel=error", `npm@${version}`, "ci", "--dry-run"];
  const { status, stdout, stderr } = isOurs ? run("npx", [...args, "--ignore-scripts"]) : listed;
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
