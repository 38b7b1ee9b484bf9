import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { documents, linksOf, root } from "./markdown.ts";

const images = readdirSync(join(root, "docs/images"));

test("every picture is shown somewhere, and none is large", () => {
  const shown = documents.flatMap(linksOf).map((link) => link.replace(/^.*\//, ""));
  expect(images.filter((name) => !shown.includes(name))).toEqual([]);
  expect(images.filter((name) => statSync(join(root, "docs/images", name)).size > 150_000)).toEqual([]);
});
