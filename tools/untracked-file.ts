import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";

/**
 * Throws if git tracks this file, which must exist only on this machine. The author of a tracked
 * file could choose what a command does with an administrator's sign-in. Also throws if git cannot
 * answer: in an unpacked ZIP, in another user's checkout, or without git.
 */
export function refuseTracked(file: string): void {
  // Check the real path, because a link in the path can be tracked. Ignore case, because some file
  // systems do.
  const paths = [existsSync(file) ? realpathSync(file) : file, `:(icase)${file}`];
  const said = paths.map(
    (path) =>
      spawnSync("git", ["ls-files", "--error-unmatch", "--", path], { stdio: "ignore" }).status,
  );
  if (said.includes(0))
    throw new Error(
      `${file} is tracked by git, so another branch may have written it. Nothing was changed. Remove the file with: git rm ${file}`,
    );
  // If git does not track the file, git exits with 1: https://git-scm.com/docs/git-ls-files
  if (said.some((status) => status !== 1))
    throw new Error(
      `git cannot tell whether it tracks ${file}. Nothing was changed. Run the command in your own clone.`,
    );
}
