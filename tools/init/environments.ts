import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pipeline, stageFormats, type Stage } from "../check-environment/environment.ts";

export type Environments = Readonly<Record<Stage, readonly string[]>>;

/**
 * Returns the environments that a pipeline deploys: folders in environments/ with a pipeline.json.
 * @throws Error that names the invalid file.
 */
export function environmentsByStage(): Environments {
  const found = globSync("environments/*/pipeline.json")
    .sort()
    .map((file) => ({ name: basename(dirname(file)), stage: stageIn(file) }));
  const inStage = (stage: Stage) =>
    found.filter((one) => one.stage === stage).map(({ name }) => name);
  return { test: inStage("test"), production: inStage("production"), standby: inStage("standby") };
}

/** Returns a sentence for each environment that no pipeline deploys. */
export const withoutPipeline = (): string[] =>
  globSync("environments/*/main.bicepparam")
    .map((file) => dirname(file))
    .filter((folder) => !existsSync(join(folder, "pipeline.json")))
    .sort()
    .map(
      (folder) =>
        `No pipeline deploys ${folder}, because it has no pipeline.json. To change this, write ${stageFormats} into this file, and run init again.`,
    );

function stageIn(file: string): Stage {
  try {
    // The folder's name becomes part of commands, and of names in GitHub and Azure.
    if (!/^[a-z][a-z\d]{1,4}$/.test(basename(dirname(file)))) throw new Error();
    return pipeline.parse(JSON.parse(readFileSync(file, "utf8"))).stage;
  } catch (error) {
    throw new Error(
      `${file} is not valid. The folder's name must have two to five lower-case letters and digits. The file must contain ${stageFormats}.`,
      { cause: error },
    );
  }
}
