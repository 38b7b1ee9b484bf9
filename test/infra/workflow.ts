import { parse } from "yaml";
import { readProjectFile } from "./snapshot.ts";

export interface Workflow extends Readonly<Record<string, unknown>> {
  readonly jobs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A workflow without the commits that its actions are pinned by: Dependabot changes them, and another test looks at them. */
export function readWorkflow(name: string): Workflow {
  return parse(readProjectFile(`.github/workflows/${name}.yml`).replace(/(uses: [\w/-]+)@\w+/g, "$1")) as Workflow;
}

export const checkout = { uses: "actions/checkout", with: { "persist-credentials": false } };
export const node = { uses: "actions/setup-node", with: { "node-version-file": ".nvmrc" } };
export const login = {
  uses: "azure/login",
  with: {
    "client-id": "${{ vars.AZURE_CLIENT_ID }}",
    "tenant-id": "${{ vars.AZURE_TENANT_ID }}",
    "subscription-id": "${{ vars.AZURE_SUBSCRIPTION_ID }}",
  },
};
export const download = { uses: "actions/download-artifact", with: { name: "package" } };

/** A private repository without GitHub Enterprise Cloud has no attestations. */
export const canAttest = "!github.event.repository.private || vars.ATTESTATIONS == 'on'";
export const environments = (stage: string) => `fromJSON(needs.build.outputs.environments).${stage}`;
