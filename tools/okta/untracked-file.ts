import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";

/**
 * Throws if git tracks this file, which a command keeps only on this machine. A tracked file comes
 * from a branch, whose author could then choose what an administrator's sign-in is used for. Also
 * throws if git cannot tell: in a ZIP, in another user's checkout, or without git.
 */
export function refuseTracked(file: string): void {
  // The path can lead through a tracked link, and some file systems ignore case.
  const paths = [existsSync(file) ? realpathSync(file) : file, `:(icase)${file}`];
  const said = paths.map(
    (path) =>
      spawnSync("git", ["ls-files", "--error-unmatch", "--", path], { stdio: "ignore" }).status,
  );
  if (said.includes(0))
    throw new Error(
      `${file} is tracked by git, so another branch may have written it. Nothing was changed. Remove the file with: git rm ${file}`,
    );
  // 1 means that the file is not tracked: https://git-scm.com/docs/git-ls-files
  if (said.some((status) => status !== 1))
    throw new Error(
      `git cannot tell whether it tracks ${file}. Nothing was changed. Run the command in your own clone.`,
    );
}
