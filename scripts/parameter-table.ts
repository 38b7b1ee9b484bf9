import { readFileSync } from "node:fs";
import { join } from "node:path";

const infra = join(import.meta.dirname, "../infra");

/** Matches a parameter with its decorators. Bicep's formatter puts each decorator on one line. */
const parameter = /^@description\('(.*)'\)\n(?:@.*\n)*param (\w+) [^\n=]*?(?: = (.+))?$/gm;

const none = ["''", "[]", "{}"];

function cellOfDefault(description: string, value: string | undefined): string {
  if (description.startsWith("Required.")) return "required";
  if (value === undefined || none.includes(value)) return "none";
  return `\`${value.replace(/^'(.*)'$/, "$1")}\``;
}

/** Turns the names of pages and headings, such as docs/outage.md#a-front, into Markdown links. */
function linked(description: string): string {
  return description.replaceAll(
    /\bdocs\/(([\w-]+)\.md(?:#([\w-]+))?)/g,
    (_, target: string, page: string, anchor: string | undefined) =>
      `[${(anchor ?? page).replaceAll("-", " ")}](${target})`,
  );
}

function table(template: string): string {
  const rows = [...readFileSync(join(infra, template), "utf8").matchAll(parameter)].map(
    ([, escaped = "", name = "", value]) => {
      const description = escaped.replaceAll("\\'", "'");
      const meaning = linked(description.replace(/^(?:Required|Optional)\. /, ""));
      return `| \`${name}\` | ${cellOfDefault(description, value)} | ${meaning} |`;
    },
  );
  return ["| parameter | default | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

export function parameterTables(): string {
  return [
    `In \`main.bicepparam\`:\n\n${table("main.bicep")}`,
    `In \`bootstrap.bicepparam\`:\n\n${table("bootstrap/main.bicep")}`,
  ].join("\n\n");
}
