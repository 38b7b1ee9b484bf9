import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "../..");
export const read = (path: string) => readFileSync(join(root, path), "utf8");

export const documents = [
  ...["README.md", "SECURITY.md", "CONTRIBUTING.md", "infra/README.md"],
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** Matches code blocks, because shell comments in a code block look like headings. */
const fenced = /^ *```[\s\S]*?^ *```$/gm;

export function proseOf(path: string): string {
  return read(path).replace(fenced, "");
}

export function anchorsOf(path: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...proseOf(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, "")
      .replaceAll(" ", "-");
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}

export function linksOf(path: string): readonly string[] {
  const links = proseOf(path)
    .replace(/`[^`\n]*`/g, "code")
    .matchAll(/\]\(\s*<?([^)\s>]+)/g);
  return [...links].map(([, target = ""]) => target);
}

export function rowsOf(path: string): readonly (readonly string[])[] {
  const lines = proseOf(path).split("\n");
  const isLine = (line: string | undefined) => /^\|(?: *:?-+:? *\|)+$/.test(line ?? "");
  return lines
    .filter((line, index) => line.startsWith("|") && !isLine(line) && !isLine(lines[index + 1]))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
}

export function codeOf(path: string): readonly string[] {
  return [...proseOf(path).matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
}
