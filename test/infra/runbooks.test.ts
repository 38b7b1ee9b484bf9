// Whoever is woken pastes what a runbook begins with: it has to be there, and to be right.
import { spawnSync } from "node:child_process";
import { read } from "../documents/markdown.ts";
import { dimensions } from "./kql-schema.ts";
import { parseQuery } from "./kql.ts";

interface Block {
  readonly language: string;
  readonly text: string;
}

const runbooks = read("docs/operate.md")
  .split(/^(?=##)/m)
  .filter((section) => section.startsWith("### Runbook: "));

/** The blocks with which a section begins, before any prose. */
function blocksOf(section: string): readonly Block[] {
  const [, beginning = ""] = /^### .*\n((?:\n+```\w+\n[\s\S]*?\n```\n)*)/.exec(section) ?? [];
  return [...beginning.matchAll(/```(\w+)\n([\s\S]*?)\n```/g)].map(([, language = "", text = ""]) => ({
    language,
    text,
  }));
}

/** In a box of queries an empty line is where one ends. */
function piecesOf({ language, text }: Block): readonly string[] {
  return text.split(language === "kusto" ? "\n\n" : "\n");
}

describe.each(runbooks.map((section) => [section.slice("### ".length, section.indexOf("\n")), section] as const))(
  "%s",
  (_, section) => {
    const blocks = blocksOf(section);

    it("begins with two commands or queries, or more", () => {
      expect(blocks.flatMap(piecesOf).length).toBeGreaterThanOrEqual(2);
    });

    it("has queries that Azure can read, and that name what our event has", () => {
      for (const query of blocks.filter(({ language }) => language === "kusto").flatMap(piecesOf))
        expect(parseQuery(query).dimensions.filter((name) => !dimensions.includes(name))).toEqual([]);
    });

    it("has commands that a shell can read", () => {
      const commands = blocks.filter(({ language }) => language === "bash").map(({ text }) => text);
      expect(spawnSync("bash", ["-n"], { input: commands.join("\n"), encoding: "utf8" }).stderr).toBe("");
    });
  },
);

it("there are runbooks", () => {
  expect(runbooks.length).toBeGreaterThan(15);
});
