// The Bicep compiler as the tests start it.
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
 * The resource group that a parameter file of infra/ is deployed to; none for a bootstrap, which is
 * of the subscription.
 */
export function groupOf(file: string): string | null {
  return basename(file) === "bootstrap.bicepparam" ? null : `rg-okta8x8-${basename(dirname(file))}`;
}

/**
 * Its environment holds nothing but where to find programs and temporary files, and whether example
 * values pass.
 */
export function startBicep(compiler: string, placeholders: Placeholders): Bicep {
  const { PATH, HOME, TMPDIR } = process.env;
  // .NET's profiling pays after minutes, and this is over before.
  const quick = { DOTNET_TieredPGO: "0", DOTNET_gcConcurrent: "0" };
  return start(compiler, {
    PATH,
    HOME,
    TMPDIR,
    ...quick,
    ...(placeholders === "allowed" ? { PLACEHOLDERS: "allowed" } : {}),
  });
}
