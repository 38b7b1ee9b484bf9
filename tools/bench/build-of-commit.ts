import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Build } from "./measure.ts";

function git(...args: readonly string[]): string {
  return execFileSync("git", args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  }).trim();
}

function hashOf(commit: string): string {
  try {
    return git("rev-parse", "--verify", "--quiet", "--end-of-options", `${commit}^{commit}`);
  } catch {
    throw new Error(`There is no commit ${commit} in this clone. Fetch the commit first.`);
  }
}

/** Builds a commit in a temporary folder, which is deleted when this process ends. */
export function buildCommit(commit: string): Build {
  const hash = hashOf(commit);
  const folder = mkdtempSync(join(tmpdir(), "bench-against-"));
  process.on("exit", () => {
    // If node_modules is a link to this checkout's packages, rmSync deletes only the link.
    rmSync(folder, { recursive: true, force: true });
  });
  git("worktree", "add", "--quiet", "--detach", folder, hash);
  process.on("exit", () => git("worktree", "remove", "--force", folder));
  const run = (...args: readonly string[]) =>
    execFileSync("npm", args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  const lock = (of: string) => readFileSync(join(of, "package-lock.json"), "utf8");
  if (lock(folder) === lock("."))
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  else run("ci", "--no-audit");
  run("run", "build");
  return { name: hash.slice(0, 8), folder };
}
