// How the tests start the Bicep compiler.
import { basename, dirname } from "node:path";
import { type Bicep, startBicep as start } from "../../tools/check-environment/bicep.ts";

export {
  type Bicep,
  findCompiler,
  Refusal,
  snapshotOptions,
} from "../../tools/check-environment/bicep.ts";

export type Placeholders = "allowed" | "unset";

/**
 * Resource group to which a parameter file of infra/ is deployed. None for a bootstrap, which
 * deploys to the subscription.
 */
export function groupOf(file: string): string | null {
  return basename(file) === "bootstrap.bicepparam" ? null : `rg-okta8x8-${basename(dirname(file))}`;
}

/**
 * The compiler's environment: only where to find programs and temporary files, and whether example
 * values are allowed.
 */
export function startBicep(compiler: string, placeholders: Placeholders): Bicep {
  const { PATH, HOME, TMPDIR } = process.env;
  // .NET's profiling pays off only after minutes.
  const quick = { DOTNET_TieredPGO: "0", DOTNET_gcConcurrent: "0" };
  return start(compiler, {
    PATH,
    HOME,
    TMPDIR,
    ...quick,
    ...(placeholders === "allowed" ? { PLACEHOLDERS: "allowed" } : {}),
  });
}
