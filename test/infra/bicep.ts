import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { type Bicep, startBicep as start } from "../../tools/check-environment/bicep.ts";

export { type Bicep, Refusal, snapshotOptions } from "../../tools/check-environment/bicep.ts";

/** The variable BICEP can name another compiler than the one on PATH or of `az bicep install`. */
export function findCompiler(): string | undefined {
  const { BICEP, PATH = "" } = process.env;
  const paths = [...PATH.split(delimiter), join(homedir(), ".azure/bin")].map((folder) =>
    join(folder, "bicep"),
  );
  return (BICEP === undefined || BICEP === "" ? paths : [BICEP]).find((path) => existsSync(path));
}

/** Null for a bootstrap, which is deployed to the subscription. */
export function groupOf(file: string): string | null {
  return basename(file) === "bootstrap.bicepparam" ? null : `rg-okta8x8-${basename(dirname(file))}`;
}

/** The compiler gets few variables, because the caller's environment could change the result. */
export function startBicep(compiler: string): Bicep {
  const { PATH, HOME, TMPDIR } = process.env;
  // These .NET features save time only in processes that run for minutes, so they are off.
  const quick = { DOTNET_TieredPGO: "0", DOTNET_gcConcurrent: "0" };
  return start(compiler, { PATH, HOME, TMPDIR, ...quick });
}
