import { spawnSync } from "node:child_process";

/**
 * A file that a command keeps on this machine alone is ignored by git. One that git tracks was
 * brought by a branch, whose writer would choose what an administrator's sign-in is used for.
 * Throws then; where there is no git or no repository, nobody's branch is here.
 */
export function refuseTracked(file: string): void {
  const { status } = spawnSync("git", ["ls-files", "--error-unmatch", "--", file], {
    stdio: "ignore",
  });
  if (status === 0)
    throw new Error(
      `${file} is tracked by git, and so is somebody else's: git rm it. Nothing was changed.`,
    );
}
