import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { product } from "./product.ts";
import { printError } from "./terminal.ts";

/**
 * Returns the folder of an environment's values, relative to the current folder. The shell scripts
 * have the same rule in scripts/product.bash.
 */
export function environmentFolder(environment: string): string {
  if (environment.startsWith("examples/"))
    return join(relative("", product), "infra/environments", environment);
  const folder = `environments/${environment}`;
  const old = `infra/${folder}`;
  if (existsSync(folder) || !existsSync(old)) return folder;
  printError(howToMove(old));
  return old;
}

const howToMove = (old: string): string =>
  `${old} is the folder of version 2, which the next version does not read. To move it, see CHANGELOG.md#from-a-clone-to-the-package.`;
