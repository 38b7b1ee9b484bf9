import { format, hasCompiler, snapshotText } from "../infra/compiler.ts";
import { type SetupProject } from "./setup-project.ts";

export const ifCompiled = !hasCompiler && process.env["BICEP_REQUIRED"] !== "1" ? it.skip : it;

/** What a deployment would have against the two parameter files, and those that the compiler would format otherwise. */
export async function complaintsAbout(project: SetupProject, environment: string): Promise<readonly string[]> {
  const complaints: string[] = [];
  for (const name of ["main", "bootstrap"]) {
    const file = `environments/${environment}/${name}.bicepparam`;
    const content = project.read(`project/infra/${file}`);
    await snapshotText(file, name === "main" ? "rg-octo" : null, { content, placeholders: "unset" }).catch(
      (error: unknown) => complaints.push(String(error)),
    );
    if ((await format(file, content)) !== content) complaints.push(`${file} is not formatted`);
  }
  return complaints;
}
