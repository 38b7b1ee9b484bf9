import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runScript } from "./run-script.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "environments-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function environments(
  stages: Readonly<Record<string, string | undefined>>,
  ...args: readonly string[]
) {
  for (const [name, stage] of Object.entries(stages)) {
    const path = join(folder, "infra/environments", name);
    mkdirSync(path, { recursive: true });
    if (stage !== undefined) writeFileSync(join(path, "pipeline.json"), stage);
  }
  return runScript("environments.sh", args, { cwd: folder });
}

const example = '{ "stage": "production" }';
const mine = {
  dev: '{ "stage": "test" }\n',
  qa: '{\n  "stage": "test"\n}\n',
  prod: example,
  dr: '{"stage":"standby"}',
  small: undefined,
  "examples/prod": example,
};

it("prints a company's environments by stage, without examples and those without pipeline.json", () => {
  const { status, output } = environments(mine);
  expect([status, JSON.parse(output)]).toEqual([
    0,
    {
      all: ["dev", "dr", "prod", "qa"],
      test: ["dev", "qa"],
      production: ["prod"],
      standby: ["dr"],
    },
  ]);
});

it("prints only the given environment", () => {
  const { output } = environments(mine, "dr");
  expect(JSON.parse(output)).toEqual({ all: ["dr"], test: [], production: [], standby: ["dr"] });
});

it("prints no environment if there are only examples", () => {
  const { output } = environments({ "examples/prod": example });
  expect(JSON.parse(output)).toEqual({ all: [], test: [], production: [], standby: [] });
});

it.each<[string, Record<string, string>]>([
  ["an unknown stage", { prod: '{ "stage": "live" }' }],
  ["another key", { prod: '{ "stage": "test", "region": "eu" }' }],
  ["no JSON", { prod: "stage: test" }],
  ["a name that is also a command", { "a;ls": example }],
  ["a name that is also a pipeline command", { "a\n::error::##vso[task.x]": example }],
])("refuses %s, whichever environment is given", (_, wrong) => {
  for (const args of [[], ["dev"]]) {
    const { status, output } = environments({ dev: mine.dev, ...wrong }, ...args);
    expect([status, output]).toEqual([
      1,
      expect.stringContaining(
        `infra/environments/${Object.keys(wrong)[0]?.replace(/[\n#]/g, "_") ?? ""}/pipeline.json is not valid.`,
      ),
    ]);
  }
});
