import { existsSync, globSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { isSuppressible, reasonsOf } from "../../src/rules/reasons.ts";
import { isCompanys } from "../infra/snapshot.ts";
import { anchorsOf, codeOf, documents, linksOf, read, root } from "./markdown.ts";

test("docs/README.md links to every document, and README.md links to docs/README.md", () => {
  const listed = linksOf("docs/README.md").map((link) => `docs/${link.replace(/#.*/, "")}`);
  const others = documents.filter((path) => path.startsWith("docs/") && path !== "docs/README.md");
  expect(listed).toEqual(expect.arrayContaining(others));
  expect(linksOf("README.md")).toContain("docs/README.md");
});

describe.each(documents)("%s", (path) => {
  function resolve(link: string): { readonly file: string; readonly anchor: string } {
    const [file = "", anchor = ""] = link.split("#");
    return { file: file === "" ? path : normalize(join(dirname(path), file)), anchor };
  }

  const links = linksOf(path);
  const inside = links.filter((link) => !/^[a-z]+:/i.test(link));

  test("the document links only to existing files and https URLs", () => {
    expect(links.filter((link) => /^[a-z]+:/i.test(link) && !link.startsWith("https://"))).toEqual(
      [],
    );
    expect(inside.filter((link) => !existsSync(join(root, resolve(link).file)))).toEqual([]);
  });

  test("the document links only to existing headings", () => {
    const broken = inside
      .map(resolve)
      .filter(({ file, anchor }) => anchor !== "" && !anchorsOf(file).includes(anchor));
    expect(broken).toEqual([]);
  });

  test("the document names only existing files and commands", () => {
    const projectPath = /^(?:(?:src|test|infra|scripts|tools|docs|\.github)\/[\w./-]*)/;
    const files = codeOf(path).filter((code) => projectPath.test(code) && !/[*<…]/.test(code));
    // If a document names a file in a company's folder, look in the folder of the example.
    const isThere = (file: string) =>
      existsSync(
        join(root, file.replace(/^infra\/environments\/(?=\w)(?!examples\b)/, "$&examples/")),
      );
    expect(files.filter((file) => !isThere(projectPath.exec(file)?.[0] ?? ""))).toEqual([]);
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const commands = [...read(path).matchAll(/\bnpm run (?:--\S+ )*([\w:]+)/g)].map(
      ([, name = ""]) => name,
    );
    expect(commands.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

test("code, templates and scripts refer to existing documents and headings", () => {
  const files = globSync("{src,infra,scripts,tools,.github}/**/*.*", { cwd: root });
  const mentions = files
    // Comments in a company's own files may name documents of an older version.
    .filter((file) => !isCompanys(file.replace(/^infra\//, "")))
    .flatMap((file) => read(file).match(/\bdocs\/(?:maintainers\/)?[\w-]+\.md(?:#[\w-]+)?/g) ?? []);
  expect(mentions.length).toBeGreaterThan(20);
  const isThere = ([path = "", anchor]: string[]) =>
    existsSync(join(root, path)) && (anchor === undefined || anchorsOf(path).includes(anchor));
  expect(mentions.filter((mention) => !isThere(mention.split("#")))).toEqual([]);
});

test("troubleshoot.md names exactly the reasons that record mode reports", () => {
  const [list = ""] = /In record mode[^]*?Without/.exec(read("docs/troubleshoot.md")) ?? [];
  const suppressed = reasonsOf("refused").filter((reason) => isSuppressible({ reason }));
  const named = [...list.matchAll(/`([a-z-]+)`/g)].map(([, reason]) => reason);
  expect(named.sort()).toEqual(suppressed.sort());
});
