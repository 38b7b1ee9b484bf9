import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { isCompanys } from "../infra/snapshot.ts";
import { anchorsOf, read, root } from "./markdown.ts";

const folders = ["src", "infra", "scripts", "tools", ".github"];
const files = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
    // Comments in a company's own files may name documents of an older version.
    .filter((file) => !isCompanys(file.replace(/^infra\//, ""))),
);

const mentions = files.flatMap((file) =>
  [...read(file).matchAll(/\b(docs\/(?:maintainers\/)?[\w-]+\.md)(?:#([\w-]+))?/g)].map(
    ([, path = "", anchor]) => ({
      file,
      path,
      anchor,
    }),
  ),
);

test("code, templates and scripts refer to existing documents and headings", () => {
  expect(mentions.length).toBeGreaterThan(20);
  const isThere = (path: string, anchor: string | undefined) =>
    existsSync(join(root, path)) && (anchor === undefined || anchorsOf(path).includes(anchor));
  expect(mentions.filter(({ path, anchor }) => !isThere(path, anchor))).toEqual([]);
});
