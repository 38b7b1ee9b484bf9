import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { isCompanys } from "../infra/snapshot.ts";
import { anchorsOf, read, root } from "./markdown.ts";

const folders = ["src", "infra", "scripts", "tools", ".github"];
const files = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
    // Its comments are those of the version that setup ran with, and its notes are its own.
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

test("code, templates and scripts send their readers to documents and headings that are there", () => {
  expect(mentions.length).toBeGreaterThan(20);
  const isThere = (path: string, anchor: string | undefined) =>
    existsSync(join(root, path)) && (anchor === undefined || anchorsOf(path).includes(anchor));
  expect(mentions.filter(({ path, anchor }) => !isThere(path, anchor))).toEqual([]);
});
