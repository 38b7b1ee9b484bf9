import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { answerUsage } from "../tools/usage.ts";

answerUsage(`node scripts/expand-templates.ts

Writes into expanded/ what each example asks of Azure, with all values in their place, for checkov
to read.`);

// checkov's own parser of Bicep does not know the whole language and leaves out what it cannot read
// (https://github.com/bridgecrewio/checkov/issues/7475), and of a built template it reads a list of
// resources alone, where Bicep writes them by name. The snapshots have that list. What is open by
// choice is not asked.
const examples = "infra/environments/examples/";
const open = ["dev", "small"].map((name) => `${examples}${name}/`);
const snapshots = globSync(`${examples}*/*.snapshot.json`).filter(
  (file) => !open.some((folder) => file.startsWith(folder)),
);

mkdirSync("expanded", { recursive: true });
for (const file of snapshots) {
  const { predictedResources } = JSON.parse(readFileSync(file, "utf8")) as {
    predictedResources: unknown;
  };
  const template = {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    resources: predictedResources,
  };
  const name = file.replace(examples, "").replace("/", "-").replace(".snapshot", "");
  writeFileSync(`expanded/${name}`, JSON.stringify(template, null, 2));
}
