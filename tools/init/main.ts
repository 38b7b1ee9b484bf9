import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { commandLine } from "../command-line.ts";
import { product } from "../product.ts";
import { print, printError } from "../terminal.ts";
import { answerHelp } from "../usage.ts";
import { azurePipelines } from "./azure-pipelines.ts";
import { environmentsByStage } from "./environments.ts";
import { kindOf, workflows, type Kind } from "./github.ts";
import { readInstalled } from "./installed.ts";
import { codeOwners, gitIgnore, manifest } from "./repository.ts";
import { writeFiles } from "./write-files.ts";

const help = `Writes what a company's repository needs besides its values: package.json, .gitignore, CODEOWNERS,
and workflows that deploy the installed version. Run it again after each npm install, and after a
change of environments. It keeps your other lines.

  ${commandLine("init", "[options]")}

  --owners NAMES     GitHub users or teams, such as @acme/identity, who must review changes
  --inline           writes whole workflows, for a company that forbids workflows of other
                     repositories. This is also the default for a package without a publisher
  --azure-pipelines  writes azure-pipelines.yml instead of GitHub's workflows
  --help             prints this text`;

function readUsage(args: string[]) {
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    args,
    options: { owners: { type: "string" }, inline: flag, "azure-pipelines": flag },
  });
  const { owners } = values;
  if (owners !== undefined && !/^@[\w-]+(?:\/[\w.-]+)?(?: @[\w-]+(?:\/[\w.-]+)?)*$/.test(owners))
    throw new Error("--owners needs users or teams, such as @acme/identity.");
  return values;
}

answerHelp(help);
try {
  const usage = readUsage(process.argv.slice(2));
  if (resolve(product) === process.cwd())
    throw new Error("This is a clone of the product. Run init in your company's repository.");
  const installed = readInstalled();
  const stages = environmentsByStage();
  const kind: Kind = usage.inline || installed.commit === undefined ? "inline" : "reusable";
  const pipelines = usage["azure-pipelines"]
    ? azurePipelines(installed, stages)
    : workflows(installed, stages, kindOf() ?? kind);
  writeFiles({
    ...manifest(installed.version),
    ...gitIgnore(),
    ...(usage.owners === undefined ? {} : codeOwners(usage.owners)),
    ...pipelines,
  });
  if (usage.owners === undefined && !usage["azure-pipelines"])
    print(`To require reviews of values and workflows, run: ${commandLine("init", "--owners @…")}`);
} catch (error) {
  printError(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
