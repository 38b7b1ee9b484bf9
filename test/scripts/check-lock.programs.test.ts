import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "check-lock-test-"));
  for (const file of ["package.json", "package-lock.json", ".npmrc"])
    writeFileSync(join(folder, file), `${file} of this folder.`);
  // This stand-in for npx records its arguments and the contents of its folder.
  const npx = `#!/bin/sh
printf '%s\\n' "$*" >>'${folder}/asked'
ls -A >'${folder}/there'
cat package-lock.json .npmrc >>'${folder}/there'
pwd >'${folder}/where'
[ "$3" != "$FAILING" ] || { printf '%s\\n' "$ERROR" >&2; exit 1; }
`;
  writeFileSync(join(folder, "npx"), npx, { mode: 0o755 });
  // This stand-in for npm view answers with the script's own checksums, after $CHANGED.
  const checksums = readFileSync("scripts/check-lock.ts", "utf8").matchAll(
    /"([\d.]+)":\s+"(sha512-[^"]+)"/g,
  );
  const cases = Array.from(
    checksums,
    ([, version, sum]) => `npm@${version}) echo "$CHANGED"${sum} ;;`,
  );
  const npm = `#!/bin/sh\ncase $3 in\n${cases.join("\n")}\nesac\n`;
  writeFileSync(join(folder, "npm"), npm, { mode: 0o755 });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const read = (file: string) => readFileSync(join(folder, file), "utf8");

function checkLock(failing = "", error = "", changed = "") {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return spawnSync(process.execPath, [resolve("scripts/check-lock.ts")], {
    cwd: folder,
    encoding: "utf8",
    env: {
      PATH: `${folder}:${PATH ?? ""}`,
      NODE_COMPILE_CACHE,
      FAILING: failing,
      ERROR: error,
      CHANGED: changed,
    },
  });
}

const versions = ["10.8.2", "10.9.4", "11.6.2", "12.2.2"];

it("check-lock.ts runs each npm version on a copy of the folder's files, and deletes the copy", () => {
  const { status, stdout } = checkLock();
  expect([status, stdout.match(/(?<=^npm )\S+/gm)]).toEqual([0, versions]);
  expect(read("asked").trim().split("\n")).toEqual(
    versions.map(
      (version) => `--yes --loglevel=error npm@${version} ci --dry-run --ignore-scripts`,
    ),
  );
  expect(read("there")).toBe(
    ".npmrc\npackage-lock.json\npackage.json\npackage-lock.json of this folder..npmrc of this folder.",
  );
  expect(existsSync(read("where").trim())).toBe(false);
});

// npm 10.8.2 prints this if package-lock.json is out of date.
const refusal = `npm error code EUSAGE
npm error
npm error Missing: a-package@1.0.0 from lock file
npm error Invalid: lock file's b-package@2.0.0 does not satisfy b-package@2.0.1
npm error
npm error Clean install a project
npm error
npm error Usage:
npm error npm ci`;

it("check-lock.ts names the packages that one npm refuses, and still runs the other versions", () => {
  const { status, stdout, stderr } = checkLock("npm@10.8.2", refusal);
  expect([status, stderr]).toEqual([
    1,
    `npm 10.8.2 refuses package-lock.json:
Missing: a-package@1.0.0 from lock file
Invalid: lock file's b-package@2.0.0 does not satisfy b-package@2.0.1
`,
  ]);
  expect(stdout.match(/(?<=^npm )\S+/gm)).toEqual(versions.slice(1));
});

it("check-lock.ts runs no npm whose checksum in the registry has changed", () => {
  const { status, stderr } = checkLock("", "", "another-");
  expect([status, stderr, existsSync(join(folder, "asked"))]).toEqual([
    1,
    "npm 10.8.2 has another checksum in the registry. Do not run it.\n",
    false,
  ]);
});
