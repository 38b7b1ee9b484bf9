import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { answerUsage } from "../tools/usage.ts";

answerUsage(`node scripts/expand-templates.ts

Writes the Azure resources in the snapshots of private examples into expanded/, with all values
filled in, as input for checkov.`);

// checkov's own parser skips Bicep that it cannot read
// (https://github.com/bridgecrewio/checkov/issues/7475). In a compiled template, checkov needs a
// list of resources, but Bicep writes them by name. The snapshots have such a list. The example
// small is left out, because it is open by choice.
const examples = "infra/environments/examples/";
const snapshots = globSync(`${examples}*/*.snapshot.json`).filter(
  (file) => !file.startsWith(`${examples}small/`),
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
