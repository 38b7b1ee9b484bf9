import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";

/**
 * A file that a command keeps on this machine alone is ignored by git. One that git tracks was
 * brought by a branch, whose writer would choose what an administrator's sign-in is used for.
 * Throws then, and if git cannot say: in a ZIP, in another user's checkout, or without git.
 */
export function refuseTracked(file: string): void {
  // A tracked link can lead to it, and some file systems take a name in other letters for the same.
  const paths = [existsSync(file) ? realpathSync(file) : file, `:(icase)${file}`];
  const said = paths.map(
    (path) =>
      spawnSync("git", ["ls-files", "--error-unmatch", "--", path], { stdio: "ignore" }).status,
  );
  if (said.includes(0))
    throw new Error(
      `${file} is tracked by git, and so is somebody else's: git rm it. Nothing was changed.`,
    );
  // https://git-scm.com/docs/git-ls-files: 1 is "not tracked", all else an error.
  if (said.some((status) => status !== 1))
    throw new Error(
      `git cannot say whose ${file} is. Run this in a clone of your own. Nothing was changed.`,
    );
}
