// What the pipeline on GitHub does, whole: each job's conditions, permissions and steps. That it can be read, workflows.test.ts says.
import { parse } from "yaml";
import { readProjectFile } from "./snapshot.ts";

interface Workflow extends Readonly<Record<string, unknown>> {
  readonly jobs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A workflow without the commits that its actions are pinned by: Dependabot changes them, and another test looks at them. */
function readWorkflow(name: string): Workflow {
  return parse(readProjectFile(`.github/workflows/${name}.yml`).replace(/(uses: [\w/-]+)@\w+/g, "$1")) as Workflow;
}

const { jobs, ...pipeline } = readWorkflow("pipeline");
const { jobs: deployJobs, ...deployWorkflow } = readWorkflow("deploy");

const checkout = { uses: "actions/checkout", with: { "persist-credentials": false } };
const node = { uses: "actions/setup-node", with: { "node-version-file": ".nvmrc" } };
const download = { uses: "actions/download-artifact", with: { name: "package" } };
const login = {
  uses: "azure/login",
  with: {
    "client-id": "${{ vars.AZURE_CLIENT_ID }}",
    "tenant-id": "${{ vars.AZURE_TENANT_ID }}",
    "subscription-id": "${{ vars.AZURE_SUBSCRIPTION_ID }}",
  },
};
// A private repository without GitHub Enterprise Cloud has no attestations.
const canAttest = "!github.event.repository.private || vars.ATTESTATIONS == 'on'";
const environments = (stage: string) => `fromJSON(needs.build.outputs.environments).${stage}`;

it("the pipeline runs for pull requests, for main and by hand, and holds no right that a job does not ask for", () => {
  const input = { description: expect.any(String) as unknown, type: "string" };
  expect(pipeline).toEqual({
    name: "pipeline",
    on: {
      pull_request: null,
      push: { branches: ["main"] },
      workflow_dispatch: { inputs: { version: input, environment: input } },
    },
    permissions: {},
    concurrency: {
      group: "pipeline-${{ github.event.pull_request.number || github.run_id }}",
      "cancel-in-progress": "${{ github.event_name == 'pull_request' }}",
    },
  });
  expect(Object.keys(jobs)).toEqual(["build", "long", "check", "attest", "preview", "test", "production", "standby"]);
});

it("the build has no token, and gives the run its environments, read before a package's code runs, and the checksum of what it built", () => {
  expect(jobs["build"]).toEqual({
    "runs-on": "ubuntu-24.04",
    "timeout-minutes": 30,
    permissions: { contents: "read" },
    outputs: {
      environments: "${{ steps.environments.outputs.environments }}",
      sha256: "${{ steps.package.outputs.sha256 }}",
    },
    steps: [
      { ...checkout, with: { ...checkout.with, "fetch-depth": 0 } },
      {
        id: "environments",
        run: [
          'environments=$(scripts/environments.sh "$ENVIRONMENT")',
          'echo "environments=$environments" >>"$GITHUB_OUTPUT"',
          "",
        ].join("\n"),
        env: { ENVIRONMENT: "${{ inputs.environment }}" },
      },
      node,
      { if: "${{ !inputs.version }}", run: "scripts/build.sh" },
      {
        if: "inputs.version",
        run: 'scripts/build-version.sh "$VERSION"',
        env: { VERSION: "${{ inputs.version }}" },
      },
      {
        id: "package",
        run: `echo "sha256=$(sha256sum okta-8x8-telephony.zip | cut -d ' ' -f 1)" >>"$GITHUB_OUTPUT"`,
      },
      {
        uses: "actions/upload-artifact",
        with: { name: "package", path: "okta-8x8-telephony.*", "if-no-files-found": "error" },
      },
    ],
  });
});

it("what takes minutes is tested beside the build, and holds nothing", () => {
  expect(jobs["long"]).toEqual({
    "runs-on": "ubuntu-24.04",
    "timeout-minutes": 20,
    permissions: { contents: "read" },
    steps: [checkout, node, { run: "npm ci" }, { run: "npm run test:long" }],
  });
});

it("what main built is signed by a job that runs nothing else, for where it is from and for what is in it", () => {
  const attest = (more: object) => ({
    uses: "actions/attest",
    with: { "subject-path": "okta-8x8-telephony.zip", ...more },
  });
  const isOfTheBuild = {
    run: 'echo "$PACKAGE_SHA256  okta-8x8-telephony.zip" | sha256sum --check --strict',
    env: { PACKAGE_SHA256: "${{ needs.build.outputs.sha256 }}" },
  };
  expect(jobs["attest"]).toEqual({
    if: `github.ref == 'refs/heads/main' && (${canAttest}) && ${environments("all")}[0]`,
    needs: "build",
    "runs-on": "ubuntu-24.04",
    "timeout-minutes": 10,
    permissions: { attestations: "write", contents: "read", "id-token": "write" },
    steps: [download, isOfTheBuild, attest({}), attest({ "sbom-path": "okta-8x8-telephony.sbom.json" })],
  });
});

it("each environment that exists is previewed for this repository's own pull requests, never for a fork's", () => {
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
    env: { RESOURCE_GROUP: "${{ vars.RESOURCE_GROUP }}" },
    steps: [
      checkout,
      login,
      { run: "scripts/install-bicep.sh" },
      { run: "scripts/preview-infra.sh ${{ matrix.environment }}" },
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
  expect(deployWorkflow).toMatchObject({
    name: "deploy",
    on: { workflow_call: { inputs: { environment: { required: true }, sha256: { required: true } } } },
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

it("a deployment downloads the package beside the checkout, verifies it before it signs in, runs no package's script, and ends with the smoke test", () => {
  expect(deployJobs["deploy"]?.["steps"]).toEqual([
    checkout,
    node,
    { uses: "actions/download-artifact", with: { name: "package", path: "${{ runner.temp }}/package" } },
    {
      if: `\${{ ${canAttest} }}`,
      run: 'scripts/verify-package.sh "$RUNNER_TEMP/package/okta-8x8-telephony.zip"',
      env: { GH_TOKEN: "${{ github.token }}" },
    },
    { run: "npm ci --ignore-scripts" },
    login,
    { run: "scripts/install-bicep.sh" },
    { run: 'scripts/deploy-infra.sh "$ENVIRONMENT"' },
    { run: 'scripts/deploy-code.sh "$RUNNER_TEMP/package/okta-8x8-telephony.zip"' },
    { run: "scripts/smoke.sh" },
  ]);
});

it("the public checkers report and hold nothing up", () => {
  const { steps, ...job } = jobs["check"] ?? {};
  expect(job).toEqual({
    "runs-on": "ubuntu-24.04",
    "timeout-minutes": 15,
    permissions: { contents: "read" },
    env: { PLACEHOLDERS: "allowed" },
  });
  expect(steps).toEqual([
    checkout,
    { run: 'scripts/install-bicep.sh && echo "$HOME/.azure/bin" >>"$GITHUB_PATH"' },
    {
      uses: "microsoft/ps-rule",
      "continue-on-error": true,
      with: {
        modules: "PSRule.Rules.Azure",
        baseline: "Azure.GA_2026_03",
        option: "infra/ps-rule.yaml",
        inputPath: "infra",
        outcome: "Problem",
      },
    },
    node,
    { run: "node scripts/expand-templates.ts" },
    {
      uses: "bridgecrewio/checkov-action",
      with: {
        directory: "expanded",
        config_file: "infra/checkov.yaml",
        output_format: "cli",
        quiet: true,
        compact: true,
        soft_fail: true,
      },
    },
  ]);
});

it("the build checks everything before it packs, and says what is inside", () => {
  const build = readProjectFile("scripts/build.sh")
    .split("\n")
    .filter((line) => /^\S/.test(line) && !line.startsWith("#"));
  expect(build.slice(build.indexOf("npm ci"))).toEqual([
    "npm ci",
    "npm audit --audit-level=high",
    "scripts/install-bicep.sh",
    'BICEP="$HOME/.azure/bin/bicep" BICEP_REQUIRED=1 npm test',
    "npm run package",
    "scripts/sbom.sh",
  ]);
});
