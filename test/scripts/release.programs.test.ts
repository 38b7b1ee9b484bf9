import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { option, runScript } from "./run-script.ts";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "release-"));
  mkdirSync(join(cwd, "package"));
  writeFileSync(join(cwd, "package/sha256:0a.jsonl"), "");
});
afterEach(() => {
  rmSync(cwd, { recursive: true });
});

function release(heading: string, tags: readonly string[] = []) {
  writeFileSync(
    join(cwd, "package.json"),
    JSON.stringify({ name: "x", version: "1.2.0", private: true }, null, 2),
  );
  writeFileSync(
    join(cwd, "CHANGELOG.md"),
    `# Changelog\n\n${heading}\n\n- New.\n\n## 1.1.0 - 2026-10-01\n\n- Old.\n`,
  );
  const answers = [
    {
      call: "gh api *matching-refs/tags/v1.2.0 *",
      says: tags.map((tag) => `refs/tags/${tag}\\n`).join(""),
    },
  ];
  const env = { GITHUB_REPOSITORY: "acme/otp", GITHUB_SHA: "a".repeat(40) };
  const { status, output, calls } = runScript("release.sh", ["package"], { cwd, env, answers });
  return {
    status,
    output,
    made: calls.filter(([program, word]) => program === "gh" && word !== "api"),
  };
}

it("release.sh releases a new version with the package, the bill of materials and the attestations", () => {
  const { status, made } = release("## 1.2.0 - 2026-11-27", ["v1.2.0-rc.1"]);
  expect(status).toBe(0);
  expect(made.map((call) => call.slice(1, 4))).toEqual([
    ["attestation", "download", "okta-8x8-telephony-1.2.0.tgz"],
    ["release", "create", "v1.2.0"],
  ]);
  expect([option(made[1], "--target"), option(made[1], "--notes")]).toEqual([
    "a".repeat(40),
    "\n- New.",
  ]);
  expect(made[1]?.slice(-3)).toEqual(
    ["-1.2.0.tgz", ".sbom.json", ".attestations.jsonl"].map((end) => `okta-8x8-telephony${end}`),
  );
});

it.each([
  ["already has a tag", "## 1.2.0 - 2026-11-27", ["v1.2.0"], "v1.2.0 is already released."],
  ["has no date in CHANGELOG.md", "## 1.2.0 - Unreleased", [], "Nothing is released"],
])("release.sh creates no release if the version %s", (_, heading, tags, words) => {
  expect(release(heading, tags)).toEqual({
    status: 0,
    output: expect.stringContaining(words) as string,
    made: [],
  });
});
