// What the pipeline on GitHub builds, tests and signs, whole. Its deployments: deployments.test.ts. That it can be read: workflows.test.ts.
import { readProjectFile } from "./snapshot.ts";
import { canAttest, checkout, download, environments, node, readWorkflow } from "./workflow.ts";

const { jobs, ...pipeline } = readWorkflow("pipeline");

it("the pipeline runs for pull requests, for main and by hand, then named by what goes where, and holds no right that a job does not ask for", () => {
  const input = { description: expect.any(String) as unknown, type: "string" };
  expect(pipeline).toEqual({
    name: "pipeline",
    "run-name":
      "${{ github.event_name == 'workflow_dispatch' && " +
      "format('{0} to {1}', inputs.version || 'main', inputs.environment || 'all') || '' }}",
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
  expect(Object.keys(jobs)).toEqual([
    "build",
    "long",
    "check",
    "attest",
    "release",
    "preview",
    "test",
    "production",
    "standby",
  ]);
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
      {
        if: "${{ !inputs.version }}",
        uses: "actions/cache",
        with: {
          path: ".cache",
          key: "checks-${{ hashFiles('package-lock.json') }}-${{ hashFiles('**/*.ts') }}",
          "restore-keys": "checks-${{ hashFiles('package-lock.json') }}-",
        },
      },
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
    if: `github.ref == 'refs/heads/main' && (${canAttest}) && (${environments("all")}[0] || vars.RELEASES == 'true')`,
    needs: "build",
    "runs-on": "ubuntu-24.04",
    "timeout-minutes": 10,
    permissions: { attestations: "write", contents: "read", "id-token": "write" },
    steps: [download, isOfTheBuild, attest({}), attest({ "sbom-path": "okta-8x8-telephony.sbom.json" })],
  });
});

it("the product's own repository tags what it has tested and signed, by a job that runs no package's code", () => {
  const env = { GH_TOKEN: "${{ github.token }}" };
  expect(jobs["release"]).toEqual({
    if: "github.event_name == 'push' && vars.RELEASES == 'true'",
    needs: ["build", "long", "attest"],
    "runs-on": "ubuntu-24.04",
    "timeout-minutes": 10,
    permissions: { attestations: "read", contents: "write" },
    concurrency: { group: "release", "cancel-in-progress": false },
    steps: [
      checkout,
      { ...download, with: { ...download.with, path: "${{ runner.temp }}/package" } },
      { run: 'scripts/verify-package.sh "$RUNNER_TEMP/package/okta-8x8-telephony.zip"', env },
      { run: 'scripts/release.sh "$RUNNER_TEMP/package"', env },
    ],
  });
});

it("the public checkers report, and hold nothing up until a company says so", () => {
  const unlessEnforced = "${{ vars.ENFORCE_CHECKS != 'on' }}";
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
      "continue-on-error": unlessEnforced,
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
        soft_fail: unlessEnforced,
      },
    },
  ]);
});

it("the build checks everything before it packs, and says what is inside", () => {
  const build = readProjectFile("scripts/build.sh")
    .split("\n")
    .filter((line) => !/^(#|$)/.test(line));
  expect(build).toEqual([
    "set -euo pipefail",
    'source "$(dirname "$0")/usage.bash"',
    'at_most 0 "$@"',
    "npm ci",
    "npm audit --audit-level=high",
    "scripts/install-bicep.sh",
    "rm -rf .cache/eslint",
    'BICEP="$HOME/.azure/bin/bicep" BICEP_REQUIRED=1 npm test',
    "npm run package",
    "scripts/sbom.sh",
  ]);
});
