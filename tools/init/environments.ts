import { globSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { pipeline, stages, type Stage } from "../check-environment/environment.ts";

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

function stageIn(file: string): Stage {
  try {
    // The folder's name becomes part of commands, and of names in GitHub and Azure.
    if (!/^[a-z][a-z\d]{1,4}$/.test(basename(dirname(file)))) throw new Error();
    return pipeline.parse(JSON.parse(readFileSync(file, "utf8"))).stage;
  } catch (error) {
    throw new Error(
      `${file} is not valid. The folder's name must have two to five lower-case letters and digits. The file must contain { "stage": "${stages.join('" }, { "stage": "')}" }.`,
      { cause: error },
    );
  }
}
