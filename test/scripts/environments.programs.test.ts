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

it("environments.sh prints by stage the environments that have a pipeline.json, and leaves out examples", () => {
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

it("environments.sh prints only the given environment, and no environment if there are only examples", () => {
  const none = { all: [], test: [], production: [], standby: [] };
  expect(JSON.parse(environments({ "examples/prod": example }).output)).toEqual(none);
  const { output } = environments(mine, "dr");
  expect(JSON.parse(output)).toEqual({ ...none, all: ["dr"], standby: ["dr"] });
});

it.each<[string, Record<string, string>]>([
  ["an unknown stage", { prod: '{ "stage": "live" }' }],
  ["a key other than stage", { prod: '{ "stage": "test", "region": "eu" }' }],
  ["a folder name that contains a shell command", { "a;ls": example }],
  ["a folder name that contains a pipeline command", { "a\n::error::##vso[task.x]": example }],
])("environments.sh refuses %s, even if another environment is given", (_, wrong) => {
  const { status, output } = environments({ dev: mine.dev, ...wrong }, "dev");
  const [folder = ""] = Object.keys(wrong);
  const file = `infra/environments/${folder.replace(/[\n#]/g, "_")}/pipeline.json`;
  expect([status, output]).toEqual([1, expect.stringContaining(`${file} is not valid.`)]);
});
