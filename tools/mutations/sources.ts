// What is changed, by which rules, and whose tests are asked first: all others follow where those
// see nothing.
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { byHand } from "./by-hand.ts";
import { bicepRules, linterRules, queryRules } from "./bicep.ts";
import { hostRules } from "./host.ts";
import { type Mutation, mutationsOf, type Rule } from "./mutation.ts";
import { shellRules } from "./shell.ts";
import { unchanged } from "./unchanged.ts";
import { azurePipelinesRules, dependabotRules, workflowRules } from "./yaml.ts";

export interface Source {
  readonly name: string;
  readonly files: readonly string[];
  readonly rules: readonly Rule[];
  /** Paths of tests for one of the files, those that need no compiler first. */
  readonly testsOf: (file: string) => readonly (readonly string[])[];
}

const infra = (...names: readonly string[]) => names.map((name) => `test/infra/${name}`);
const ofResources = infra(
  ...["resources", "access", "network", "logs", "disaster", "front", "roles"],
  ...["alerts", "settings"],
);
const compiled = infra("compiled", "linter", "templates");
const ofChoices = infra("identity", "central", "operator", "bootstrap", "action", "alert-choice");
const ofPipelines = infra("pipelines", "azure-pipelines", "workflows", "okta-workflow");

export const sources: readonly Source[] = [
  {
    name: "templates",
    files: globSync("infra/{,modules/,bootstrap/}*.bicep"),
    rules: bicepRules,
    testsOf: () => [ofResources, compiled, ofChoices],
  },
  {
    name: "examples",
    files: globSync("infra/environments/examples/*/*.bicepparam"),
    rules: bicepRules,
    testsOf: () => [ofResources, infra("state-table", "templates")],
  },
  {
    name: "linter",
    files: ["infra/bicepconfig.json"],
    rules: linterRules,
    testsOf: () => [infra("linter")],
  },
  {
    name: "queries",
    files: globSync("infra/queries/**/*.kql"),
    rules: queryRules,
    testsOf: () => [infra("kql-run", "alert-cases", "queries", "workbook", "guard-export")],
  },
  { name: "host", files: ["host.json"], rules: hostRules, testsOf: () => [infra("logs")] },
  {
    name: "workflows",
    files: globSync(".github/workflows/*.yml"),
    rules: workflowRules,
    testsOf: () => [ofPipelines],
  },
  {
    name: "azure-pipelines",
    files: ["azure-pipelines.yml", "infra/environments/examples/azure-pipelines.yml"],
    rules: azurePipelinesRules,
    testsOf: () => [ofPipelines],
  },
  {
    name: "dependabot",
    files: [".github/dependabot.yml"],
    rules: dependabotRules,
    testsOf: () => [ofPipelines],
  },
  {
    name: "scripts",
    files: globSync("scripts/*.{sh,bash}", { exclude: ["scripts/setup.sh"] }),
    rules: shellRules,
    testsOf: (file) => {
      const own = `test/scripts/${basename(file, extname(file))}.test`;
      return [[existsSync(`${own}.ts`) ? own : "test/scripts/deploy.test", "test/infra/pipelines"]];
    },
  },
  {
    name: "setup",
    files: globSync("scripts/setup{.sh,/*.bash}"),
    rules: shellRules,
    testsOf: () => [["test/scripts/setup"]],
  },
];

export interface Chosen extends Mutation {
  readonly source: Source;
}

/** Every change, but for those that change nothing. */
export function allMutations(
  read = (file: string) => readFileSync(file, "utf8"),
): readonly Chosen[] {
  return sources.flatMap((source) =>
    source.files.flatMap((file) => {
      const text = read(file);
      const made = [...mutationsOf(file, text, source.rules), ...byHand(file, text)];
      // Two rules may come to the same.
      const once = new Map(made.map((it) => [`${it.start} ${it.before} ${it.after}`, it])).values();
      return [...once].filter((it) => !unchanged(it, text)).map((it) => ({ ...it, source }));
    }),
  );
}

/** The line of a file that a change begins in, counted from 1. */
export const lineOf = (text: string, { start }: Mutation) =>
  text.slice(0, start).split("\n").length;
