import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

const root = join(__dirname, "..", "src");
export const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => relative(root, join(parentPath, name)).split(sep).join("/"));
export const textOf = (file: string) => readFileSync(join(root, file), "utf8");
/** The folder right below src; empty for a file of src's own. */
export const folderOf = (file: string) => (file.includes("/") ? file.slice(0, file.indexOf("/")) : "");
