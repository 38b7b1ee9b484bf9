import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { format, hasCompiler } from "../infra/compiler.ts";
import { type SetupProject } from "./setup-project.ts";

const root = join(__dirname, "../..");

export const ifCompiled = !hasCompiler && process.env["BICEP_REQUIRED"] !== "1" ? it.skip : it;

/** What the check of an environment has against what setup wrote, and the files that the compiler would format otherwise. */
export async function complaintsAbout(project: SetupProject, environment: string): Promise<readonly string[]> {
  const folder = `project/infra/environments/${environment}`;
  cpSync(join(root, "infra"), project.path("project/infra"), {
    recursive: true,
    filter: (file) => !file.startsWith(join(root, "infra/environments")),
  });
  const script = join(root, "tools/check-environment.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, project.path(folder)], { encoding: "utf8" });
  const complaints = status === 0 ? [] : [stdout + stderr];
  for (const name of project.files(folder).filter((file) => file.endsWith(".bicepparam"))) {
    const content = project.read(`${folder}/${name}`);
    if ((await format(`environments/${environment}/${name}`, content)) !== content)
      complaints.push(`${name} is not formatted`);
  }
  return complaints;
}
