import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

const root = join(__dirname, "..", "src");
export const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => relative(root, join(parentPath, name)).split(sep).join("/"));
export const textOf = (file: string) => readFileSync(join(root, file), "utf8");
export const folderOf = (file: string) => file.split("/").slice(0, -1).join("/");
