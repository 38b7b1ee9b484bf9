import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "check-lock-test-"));
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Octo", "-c", "user.email=octo@octo.org", ...args], {
      cwd: folder,
    });
  git("init", "--quiet");
  for (const file of ["package.json", "package-lock.json", ".npmrc"])
    writeFileSync(join(folder, file), `${file} committed`);
  git("add", ".");
  git("commit", "--quiet", "--message", "feat: the project");
  writeFileSync(join(folder, "package-lock.json"), "not committed");
  // Says what it is asked, and what it finds where it is.
  const npx = `#!/bin/sh
printf '%s\\n' "$*" >>'${folder}/asked'
ls -A >'${folder}/there'
cat package-lock.json .npmrc >>'${folder}/there'
pwd >'${folder}/where'
[ "$2" != "$REFUSING" ] || { echo 'Missing: some-package from lock file' >&2; exit 1; }
`;
  writeFileSync(join(folder, "npx"), npx, { mode: 0o755 });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const read = (file: string) => readFileSync(join(folder, file), "utf8");

function checkLock(refusing = "") {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return spawnSync(process.execPath, [resolve("scripts/check-lock.ts")], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: `${folder}:${PATH ?? ""}`, NODE_COMPILE_CACHE, REFUSING: refusing },
  });
}

const versions = ["10.8.2", "10.9.4", "11.6.2", "12.2.2"];

it("has each npm install what is committed, in a folder that it removes", () => {
  const { status, stdout } = checkLock();
  expect([status, stdout.match(/(?<=^npm )\S+/gm)]).toEqual([0, versions]);
  expect(read("asked").trim().split("\n")).toEqual(
    versions.map(
      (version) => `--yes npm@${version} ci --dry-run --ignore-scripts --loglevel=error`,
    ),
  );
  expect(read("there")).toBe(
    ".npmrc\npackage-lock.json\npackage.json\npackage-lock.json committed.npmrc committed",
  );
  expect(existsSync(read("where").trim())).toBe(false);
});

it.each(versions)(
  "fails if npm %s alone refuses, says what it said, and asks the others too",
  (version) => {
    const { status, stdout, stderr } = checkLock(`npm@${version}`);
    expect([status, stderr]).toEqual([
      1,
      `npm ${version} refuses package-lock.json:\nMissing: some-package from lock file\n`,
    ]);
    expect(stdout.match(/(?<=^npm )\S+/gm)).toEqual(versions.filter((other) => other !== version));
  },
);
