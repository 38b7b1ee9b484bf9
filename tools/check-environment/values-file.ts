import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { product } from "../product.ts";

// Other people write the parameter files. A deployment stores each value where the preview of any
// branch can read it. So a parameter file may contain only values, and must use one of our
// templates.

const templates: Readonly<Record<string, string>> = {
  "main.bicepparam": "main.bicep",
  "bootstrap.bicepparam": "bootstrap/main.bicep",
  "front.bicepparam": "front.bicep",
};

// Bicep allows spaces and comments between two words. These patterns do not parse comments: they
// refuse a word wherever a comment follows it.
const find = (pattern: string) => new RegExp(String.raw`\b${pattern}`, "g");
const using = find(String.raw`using\b`);
const otherFile = find(String.raw`(import|extends|extension)(?=\s*(?:[{*']|/[/*]))`);
/** Our scripts set these variables. A parameter file may read no other variable. */
const ourVariable = find(String.raw`readEnvironmentVariable\('(?:PLACEHOLDERS|INPUTS_SHA256)'`);
const reader = find(String.raw`((?:load|read|get|external)[A-Z]\w*)(?=\s*(?:\(|/[/*]))`);

/**
 * Returns a sentence for each expression that could read the operator's files or environment
 * variables, or deploy another template.
 */
export function forbiddenIn(file: string): string[] {
  const name = basename(file);
  const folder = dirname(file);
  const configuration = parentsOf(folder)
    .map((parent) => join(parent, "bicepconfig.json"))
    .find((one) => existsSync(one));
  const template = `'${relative(folder, join(product, "infra", templates[name] ?? ""))}'`;
  const bytes = readFileSync(file);
  const text = bytes.toString();
  // In another encoding, the compiler could read text that these checks do not see.
  if (!Buffer.from(text).equals(bytes) || text.includes("\0")) return [`${name} is not UTF-8.`];

  const rest = text.replace(ourVariable, "");
  const readers = [reader, otherFile].flatMap((pattern) =>
    Array.from(rest.matchAll(pattern), ([, word = ""]) => word),
  );
  const uses = text.match(using)?.length ?? 0;
  const lines = text.split(/\r?\n/);
  const isOurs = uses === 1 && lines.includes(`using ${template}`);
  const wrongLines = lines.flatMap((line, at) =>
    line !== `using ${template}` && line.match(using) !== null ? [at + 1] : [],
  );
  return [
    ...(isOurs
      ? []
      : [
          `${name} may use another template. Write the word using only once, in this line: using ${template}${wrongLines.length === 0 ? "" : ` (the word is also in line ${wrongLines.join(", ")})`}`,
        ]),
    ...[...new Set(readers)].map(
      (word) =>
        `${name} has ${word}, which reads from outside the file. Write the value into the file.`,
    ),
    ...(configuration === undefined || isHarmless(configuration)
      ? []
      : [
          `${relative("", configuration)} can change what a template is read from. Keep only analyzers and formatting in it, or delete it.`,
        ]),
  ];
}

const parentsOf = (folder: string): string[] =>
  dirname(folder) === folder ? [folder] : [folder, ...parentsOf(dirname(folder))];

/**
 * The compiler reads the bicepconfig.json in the nearest parent folder. Other keys, such as
 * moduleAliases and extensions, choose files and registries:
 * https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-config
 */
function isHarmless(configuration: string): boolean {
  try {
    const keys = Object.keys(JSON.parse(readFileSync(configuration, "utf8")) as object);
    return keys.every((key) => ["$schema", "analyzers", "formatting"].includes(key));
  } catch {
    return false;
  }
}
