import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { commandLine } from "../command-line.ts";
import { product } from "../product.ts";
import { print, printError } from "../terminal.ts";
import { answerHelp } from "../usage.ts";
import { azurePipelines } from "./azure-pipelines.ts";
import { environmentsByStage, withoutPipeline } from "./environments.ts";
import { verifies, workflows, writtenBefore, type Kind } from "./github.ts";
import { readInstalled, type Installed } from "./installed.ts";
import { codeOwners, gitIgnore, hasCodeOwners, manifest } from "./repository.ts";
import { writeFiles } from "./write-files.ts";

const help = `Writes what a company's repository needs besides its values: package.json, .gitignore, CODEOWNERS,
and workflows that deploy the installed version. Run it again after each npm install, and after a
change of environments. It keeps your other lines.

  ${commandLine("init", "[options]")}

  --owners NAMES     GitHub users or teams, such as @acme/identity, who must review changes
  --inline           writes whole workflows, for a company that forbids workflows of other
                     repositories. This is also the default for a version that is not a release
  --reusable         calls the workflows of the product's repository, which GitHub must be able to
                     read. This is the default for a release
  --azure-pipelines  writes azure-pipelines.yml instead of GitHub's workflows
  --help             prints this text`;

function readUsage(args: string[]) {
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    args,
    options: { owners: { type: "string" }, inline: flag, reusable: flag, "azure-pipelines": flag },
  });
  const { owners } = values;
  if (owners !== undefined && !/^@[\w-]+(?:\/[\w.-]+)?(?: @[\w-]+(?:\/[\w.-]+)?)*$/.test(owners))
    throw new Error("--owners needs users or teams, such as @acme/identity.");
  return values;
}

type Usage = ReturnType<typeof readUsage>;

function kindOf(usage: Usage, { commit, isSigned }: Installed): Kind {
  // Without a commit, there is no workflow to call.
  if (usage.inline || commit === undefined) return "inline";
  const byDefault = isSigned ? "reusable" : "inline";
  return usage.reusable ? "reusable" : (writtenBefore()?.kind ?? byDefault);
}

/** Call this before the workflows are written. */
function describe(usage: Usage, installed: Installed): readonly string[] {
  const { version, repository = "", isSigned } = installed;
  const written =
    kindOf(usage, installed) === "inline"
      ? "The workflows are copies of the product's workflows."
      : `The workflows call the workflows of ${repository}. GitHub must be able to read that repository.`;
  const verified = verifies(installed)
    ? `They verify that the pipeline of ${repository} built the package.`
    : isSigned
      ? "As before, they do not verify who built the package. To verify it, delete both workflows and run init again."
      : `They ${writtenBefore()?.isVerified ? "no longer" : "do not"} verify who built the package, because version ${version} has no signature: it is not a release. They verify its checksum.`;
  return [`${written} ${verified}`];
}

answerHelp(help);
try {
  const usage = readUsage(process.argv.slice(2));
  if (resolve(product) === process.cwd())
    throw new Error("This is a clone of the product. Run init in your company's repository.");
  const installed = readInstalled();
  const stages = environmentsByStage();
  const pipelines = usage["azure-pipelines"]
    ? azurePipelines(installed, stages)
    : workflows(installed, stages, kindOf(usage, installed));
  const words = usage["azure-pipelines"] ? [] : describe(usage, installed);
  writeFiles({
    ...manifest(installed.version),
    ...gitIgnore(),
    ...(usage.owners === undefined ? {} : codeOwners(usage.owners)),
    ...pipelines,
  });
  for (const line of [...words, ...withoutPipeline()]) print(line);
  if (usage.owners === undefined && !usage["azure-pipelines"] && !hasCodeOwners())
    print(`To require reviews of values and workflows, run: ${commandLine("init", "--owners @…")}`);
} catch (error) {
  printError(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
