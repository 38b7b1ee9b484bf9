/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
// People on call paste the queries and commands at the beginning of a runbook.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { read, root } from "../documents/markdown.ts";
import { dimensions } from "./kql-schema.ts";
import { parseQuery } from "./kql.ts";

interface Block {
  readonly language: string;
  readonly text: string;
}

const page = read("docs/runbooks.md");
const runbooks = page.split(/^(?=## )/m).filter((section) => section.startsWith("## Runbook: "));

const queryFile = (name: string) => `infra/queries/runbooks/${name}.kql`;

function namedQueries(section: string): readonly string[] {
  const [, line = ""] = /^## .*\n\nQueries: (.*)\.\n/.exec(section) ?? [];
  return [...line.matchAll(/\[([\w-]+)\]/g)].map(([, name = ""]) => name);
}

function blocksOf(section: string): readonly Block[] {
  const pattern = /^## .*\n(?:\nQueries: .*\n)?((?:\n+```\w+\n[\s\S]*?\n```\n)*)/;
  const [, beginning = ""] = pattern.exec(section) ?? [];
  const files = namedQueries(section).map((name) => ({
    language: "kusto",
    text: read(queryFile(name)),
  }));
  const written = [...beginning.matchAll(/```(\w+)\n([\s\S]*?)\n```/g)].map(
    ([, language = "", text = ""]) => ({
      language,
      text,
    }),
  );
  return [...files, ...written];
}

function piecesOf({ language, text }: Block): readonly string[] {
  return text.split(language === "kusto" ? "\n\n" : "\n");
}

describe.each(
  runbooks.map((section) => [section.slice("## ".length, section.indexOf("\n")), section] as const),
)("%s", (_, section) => {
  const blocks = blocksOf(section);

  it("the runbook's queries are valid and read only properties of the app's events", () => {
    for (const query of blocks.filter(({ language }) => language === "kusto").flatMap(piecesOf))
      expect(parseQuery(query).dimensions.filter((name) => !dimensions.includes(name))).toEqual([]);
  });

  it("bash can parse the runbook's commands", () => {
    const commands = blocks.filter(({ language }) => language === "bash").map(({ text }) => text);
    expect(spawnSync("bash", ["-n"], { input: commands.join("\n"), encoding: "utf8" }).stderr).toBe(
      "",
    );
  });
});

// On Flex Consumption, az functionapp show prints the object of Azure Resource Manager, and on
// other plans a flat object:
// https://github.com/Azure/azure-cli/blob/dev/src/azure-cli/azure/cli/command_modules/appservice/utils.py
it("the runbooks' command finds the app's host name in both formats of az functionapp show", () => {
  const [, query = ""] = /az functionapp show [^\n]*--query '([^']*)'/.exec(page) ?? [];
  expect(query.split(" || ")).toEqual(["properties.defaultHostName", "defaultHostName"]);
});

it("the runbooks name every query file, and docs/runbooks.md links to each file", () => {
  const files = readdirSync(join(root, "infra/queries/runbooks")).map((file) =>
    file.replace(/\.kql$/, ""),
  );
  expect([...new Set(runbooks.flatMap(namedQueries))].sort()).toEqual(files.sort());
  for (const name of files) expect(page).toContain(`\n[${name}]: ../${queryFile(name)}\n`);
});

it.each(readdirSync(join(root, "infra/queries/alerts")))(
  "the runbook of %s explains every cause that the query names",
  (file) => {
    const named = read(`infra/queries/alerts/${file}`).matchAll(
      /\| project .*?\b(?:cause|rule|test) = (.*)/g,
    );
    const causes = [...named].flatMap(([, end = ""]) => end.match(/(?<=")[\w-]+(?=")/g) ?? []);
    const title = `## Runbook: ${file.replace(".kql", "").replaceAll("-", " ")}\n`;
    const section = runbooks.find((it) => it.startsWith(title)) ?? "";
    expect(causes.filter((cause) => !section.includes(`\`${cause}`))).toEqual([]);
  },
);
