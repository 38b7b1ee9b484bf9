import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { isSuppressible } from "../../src/delivery/outcome.ts";
import { reasonsOf } from "../../src/delivery/reasons.ts";
import { reasons } from "../reasons.ts";
import { anchorsOf, codeOf, documents, linksOf, read, root, rowsOf } from "./markdown.ts";

test("every document is linked from the list of documents, and that from the README", () => {
  const listed = linksOf("docs/README.md").map((link) => `docs/${link}`);
  const others = documents.filter((path) => path.startsWith("docs/") && path !== "docs/README.md");
  expect(listed).toEqual(expect.arrayContaining(others));
  expect(linksOf("README.md")).toContain("docs/README.md");
});

describe.each(documents)("%s", (path) => {
  /** The target of a link of this document: a file of the project, and an anchor in it. */
  function resolve(link: string): { readonly file: string; readonly anchor: string } {
    const [file = "", anchor = ""] = link.split("#");
    return { file: file === "" ? path : normalize(join(dirname(path), file)), anchor };
  }

  const links = linksOf(path);
  const inside = links.filter((link) => !/^[a-z]+:/i.test(link));

  test("has links that lead somewhere", () => {
    expect(links.filter((link) => /^[a-z]+:/i.test(link) && !link.startsWith("https://"))).toEqual(
      [],
    );
    expect(inside.filter((link) => !existsSync(join(root, resolve(link).file)))).toEqual([]);
  });

  test("links to headings that are there", () => {
    const broken = inside
      .map(resolve)
      .filter(({ file, anchor }) => anchor !== "" && !anchorsOf(file).includes(anchor));
    expect(broken).toEqual([]);
  });

  test("names files and commands that are there", () => {
    const ours = /^(?:(?:src|test|infra|scripts|tools|docs|\.github)\/[\w./-]*)/;
    const files = codeOf(path).filter((code) => ours.test(code) && !/[*<…]/.test(code));
    // A company's folder has what the example of that name has.
    const there = (file: string) =>
      existsSync(
        join(root, file.replace(/^infra\/environments\/(?=\w)(?!examples\b)/, "$&examples/")),
      );
    expect(files.filter((file) => !there(ours.exec(file)?.[0] ?? ""))).toEqual([]);
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const commands = [...read(path).matchAll(/\bnpm run (?:--\S+ )*([\w:]+)/g)].map(
      ([, name = ""]) => name,
    );
    expect(commands.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

test("every reason that can be sent has its row in the troubleshooting tables, below its outcome, in the code's words", () => {
  const written = ["docs/troubleshoot.md", "docs/tokens.md"]
    .flatMap((path) => read(path).split(/^##+ /m))
    .flatMap((section) => {
      const [, outcome] = /^`([a-z]+)`: /.exec(section) ?? [];
      return outcome === undefined
        ? []
        : [...section.matchAll(/^[|-] `([a-z-]+)`[ :]/gm)].map(
            ([, reason]) => `${outcome} ${reason}`,
          );
    });
  const known = Object.entries(reasons).flatMap(([outcome, all]) =>
    all.map((reason) => `${outcome} ${reason}`),
  );
  expect(written.sort()).toEqual(known.sort());
});

test("troubleshoot names every reason that record mode can report, and no other", () => {
  const [list = ""] = /In record mode[\s\S]*?\n\n/.exec(read("docs/troubleshoot.md")) ?? [];
  const suppressed = reasonsOf("refused").filter((reason) =>
    isSuppressible({ ok: false, outcome: "refused", reason }),
  );
  const named = [...list.matchAll(/`([a-z-]+)`/g)].map(([, reason]) => reason);
  expect(named.sort()).toEqual(suppressed.sort());
});

test("the table of answers has every outcome", () => {
  const outcomes = rowsOf("docs/troubleshoot.md").map(([first = ""]) => first);
  expect(outcomes).toEqual(expect.arrayContaining(Object.keys(reasons)));
});
