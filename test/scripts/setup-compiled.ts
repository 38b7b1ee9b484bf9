import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findCompiler, inCopy, runCompiler, subscription } from "../infra/compiler.ts";
import { type SetupProject } from "./setup-project.ts";

const compiler = findCompiler() ?? "";
export const ifCompiled = compiler === "" && process.env["BICEP_REQUIRED"] !== "1" ? it.skip : it;

/** What a deployment would have against the two parameter files, and those that the compiler would format otherwise. */
export function complaintsAbout(project: SetupProject, environment: string): readonly string[] {
  return inCopy((copy) =>
    ["", "bootstrap/"].flatMap((folder) => {
      const file = `${folder}main.${environment}.bicepparam`;
      const text = project.read(`project/infra/${file}`);
      writeFileSync(join(copy, file), text);
      const group = folder === "" ? ["--resource-group", "rg-octo"] : [];
      const snapshot = ["snapshot", file, ...group, ...subscription, "--mode", "overwrite"];
      const { status, stderr } = runCompiler(compiler, snapshot, copy, "refused");
      const { stdout: formatted } = runCompiler(compiler, ["format", file, "--stdout"], copy);
      return [...(status === 0 ? [] : [stderr]), ...(formatted === text ? [] : [`${file} is not formatted`])];
    }),
  );
}
