// How the pipeline on GitHub previews and deploys, whole: conditions, order, permissions and steps.
import { canAttest, checkout, download, environments, login, node, readWorkflow } from "./workflow.ts";

const { jobs } = readWorkflow("pipeline");
const { jobs: deployJobs, ...deployWorkflow } = readWorkflow("deploy");

it("each environment that exists is checked and previewed for this repository's own pull requests, never for a fork's", () => {
  expect(jobs["preview"]).toEqual({
    if:
      "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository " +
      `&& ${environments("all")}[0]`,
    needs: "build",
    "runs-on": "ubuntu-24.04",
    "timeout-minutes": 15,
    permissions: { contents: "read", "id-token": "write" },
    strategy: { "fail-fast": false, matrix: { environment: `\${{ ${environments("all")} }}` } },
    environment: "preview-${{ matrix.environment }}",
    env: { ENVIRONMENT: "${{ matrix.environment }}", RESOURCE_GROUP: "${{ vars.RESOURCE_GROUP }}" },
    steps: [
      checkout,
      node,
      { run: "npm ci --omit=dev --ignore-scripts" },
      { run: "scripts/install-bicep.sh" },
      { run: 'scripts/check-environment.sh "$ENVIRONMENT"' },
      login,
      { run: 'scripts/preview-infra.sh "$ENVIRONMENT"' },
    ],
  });
});

it.each([
  ["test", ["build", "attest"]],
  ["production", ["build", "attest", "test"]],
  ["standby", ["build", "attest", "test", "production"]],
])(
  "the environments of the stage %s are deployed one by one, from main alone, after %j of which none failed or was cancelled",
  (stage, needs) => {
    expect(jobs[stage]).toEqual({
      if:
        "!failure() && !cancelled() && !contains(needs.*.result, 'cancelled') && github.ref == 'refs/heads/main' " +
        `&& ${environments(stage)}[0]`,
      needs,
      permissions: { attestations: "read", contents: "read", "id-token": "write" },
      strategy: { "max-parallel": 1, matrix: { environment: `\${{ ${environments(stage)} }}` } },
      uses: "./.github/workflows/deploy.yml",
      with: { environment: "${{ matrix.environment }}", sha256: "${{ needs.build.outputs.sha256 }}" },
    });
  },
);

it("a deployment waits for its environment's approval and for the deployment before it", () => {
  const input = { description: expect.any(String) as unknown, required: true, type: "string" };
  expect(deployWorkflow).toEqual({
    name: "deploy",
    on: { workflow_call: { inputs: { environment: input, sha256: input } } },
    permissions: {},
  });
  expect(Object.keys(deployJobs)).toEqual(["deploy"]);
  expect(deployJobs["deploy"]).toEqual({
    steps: expect.anything() as unknown,
    "runs-on": "ubuntu-24.04",
    "timeout-minutes": 60,
    permissions: { attestations: "read", contents: "read", "id-token": "write" },
    environment: "${{ inputs.environment }}",
    concurrency: { group: "deploy-${{ inputs.environment }}", "cancel-in-progress": false },
    env: {
      RESOURCE_GROUP: "${{ vars.RESOURCE_GROUP }}",
      ENVIRONMENT: "${{ inputs.environment }}",
      PACKAGE_SHA256: "${{ inputs.sha256 }}",
    },
  });
});

it("a deployment downloads the package beside the checkout, verifies it and checks the values before it signs in, runs no package's script, and ends with the smoke test", () => {
  expect(deployJobs["deploy"]?.["steps"]).toEqual([
    checkout,
    node,
    { ...download, with: { ...download.with, path: "${{ runner.temp }}/package" } },
    {
      if: `\${{ ${canAttest} }}`,
      run: 'scripts/verify-package.sh "$RUNNER_TEMP/package/okta-8x8-telephony.zip"',
      env: { GH_TOKEN: "${{ github.token }}" },
    },
    { run: "npm ci --omit=dev --ignore-scripts" },
    { run: "scripts/install-bicep.sh" },
    { run: 'scripts/check-environment.sh "$ENVIRONMENT"' },
    login,
    { run: 'scripts/deploy-infra.sh "$ENVIRONMENT"' },
    { run: 'scripts/deploy-code.sh "$RUNNER_TEMP/package/okta-8x8-telephony.zip"' },
    { run: "scripts/smoke.sh" },
  ]);
});
