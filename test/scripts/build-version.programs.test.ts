import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runScript } from "./run-script.ts";

let folder: string;
const git = (...args: string[]) => {
  const who = ["-c", "user.name=Octo", "-c", "user.email=octo@octo.org"];
  return execFileSync("git", [...who, ...args], { cwd: folder, encoding: "utf8" });
};

/** The stand-in for npm builds nothing, so the commit also contains the built files. */
function commit(version: string): void {
  for (const ending of ["zip", "sbom.json"])
    writeFileSync(join(folder, `okta-8x8-telephony.${ending}`), version);
  git("add", ".");
  git("commit", "--quiet", "--message", version);
  git("tag", version);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "build-version-"));
  mkdirSync(join(folder, "scripts"));
  writeFileSync(join(folder, "scripts/sbom.sh"), "#!/bin/sh\n", { mode: 0o755 });
  git("init", "--quiet", "--initial-branch", "main");
  commit("v1.0.0");
  git("checkout", "--quiet", "-b", "never-reviewed");
  commit("v1.0.1");
  git("checkout", "--quiet", "-b", "upgrade", "v1.0.0");
  commit("on-the-way");
  commit("v1.0.2");
  git("checkout", "--quiet", "main");
  git("merge", "--quiet", "--no-ff", "--message", "merge", "upgrade");
  commit("v1.1.0");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const build = (version: string) => runScript("build-version.sh", [version], { cwd: folder });
const built = () =>
  ["zip", "sbom.json"].map((ending) =>
    readFileSync(join(folder, `okta-8x8-telephony.${ending}`), "utf8"),
  );

it("build-version.sh builds an earlier version from that version's files, and does not change the checkout", () => {
  const { status, calls, leftovers } = build("v1.0.0");
  expect([status, calls, leftovers, built()]).toEqual([
    0,
    [
      ["npm", "ci"],
      ["npm", "run", "package"],
    ],
    [],
    ["v1.0.0", "v1.0.0"],
  ]);
  expect([git("describe", "--tags"), git("worktree", "list").trim().split("\n").length]).toEqual([
    "v1.1.0\n",
    1,
  ]);
});

it.each([
  ["a commit that was once the head of the branch", "main~2", "v1.0.0"],
  ["a tag on a merged branch", "v1.0.2", "v1.0.2"],
])("build-version.sh builds %s", (_, version, expected) => {
  const { status } = build(version);
  expect([status, built()]).toEqual([0, [expected, expected]]);
});

it.each([
  ["an earlier commit of a merged branch", "on-the-way"],
  ["the commit before a tag, given as v1.0.2~1", "v1.0.2~1"],
  ["a tag that is not in the branch's history", "v1.0.1"],
])("build-version.sh refuses %s, and keeps the package of the last build", (_, version) => {
  build("v1.0.0");
  const { status, calls, output } = build(version);
  expect([status, calls, built()]).toEqual([64, [], ["v1.0.0", "v1.0.0"]]);
  expect(output).toContain("The version is not a tag v* in this branch's history");
});
