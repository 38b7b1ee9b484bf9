// What may be written where: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
export const workflowKeys = ["name", "run-name", "on", "permissions", "env", "defaults", "concurrency", "jobs"];
export const events: Readonly<Record<string, readonly string[]>> = {
  pull_request: ["types", "branches", "branches-ignore", "paths", "paths-ignore"],
  push: ["branches", "branches-ignore", "tags", "tags-ignore", "paths", "paths-ignore"],
  workflow_call: ["inputs", "outputs", "secrets"],
  workflow_dispatch: ["inputs"],
  schedule: [],
};
export const inputKeys = ["description", "required", "type", "default"];
export const jobKeys = [
  ...["name", "permissions", "needs", "if", "runs-on", "environment", "concurrency", "outputs", "env", "defaults"],
  ...["steps", "timeout-minutes", "strategy", "continue-on-error", "container", "services"],
];
export const callKeys = ["name", "permissions", "needs", "if", "uses", "with", "secrets", "strategy", "concurrency"];
export const strategyKeys = ["matrix", "fail-fast", "max-parallel"];
export const concurrencyKeys = ["group", "cancel-in-progress"];
export const stepKeys = [
  ...["id", "if", "name", "uses", "run", "working-directory", "shell", "with", "env"],
  ...["continue-on-error", "timeout-minutes"],
];
export const permissionScopes = [
  ...["actions", "attestations", "checks", "contents", "deployments", "id-token", "issues", "packages", "pages"],
  ...["pull-requests", "security-events", "statuses"],
];

/** Inputs of the actions that we use, from their action.yml at the pinned commits' major version. */
export const actionInputs: Readonly<Record<string, readonly string[]>> = {
  "actions/checkout": ["ref", "path", "fetch-depth", "persist-credentials"],
  "actions/setup-node": ["node-version", "node-version-file", "cache"],
  "actions/upload-artifact": ["name", "path", "if-no-files-found", "retention-days"],
  "actions/download-artifact": ["name", "path"],
  "azure/login": ["client-id", "tenant-id", "subscription-id", "audience"],
};

/** Contexts at each place: https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability */
export const contexts = {
  workflow: ["github", "inputs", "vars"],
  jobIf: ["github", "needs", "vars", "inputs"],
  job: ["github", "needs", "strategy", "matrix", "vars", "inputs"],
  step: ["github", "needs", "strategy", "matrix", "job", "runner", "env", "vars", "secrets", "steps", "inputs"],
} as const;
