// Tests the jobs of GitHub's workflows: what starts them, their order, their rights and their
// steps.
import { parse } from "yaml";
import { readProjectFile } from "./snapshot.ts";

type Fields = Readonly<Record<string, unknown>>;
interface Job extends Fields {
  readonly steps?: readonly Readonly<Record<string, string> & { with?: Fields }>[];
}

const workflows = Object.fromEntries(
  ["pipeline", "deploy", "okta"].map((name) => [
    name,
    parse(readProjectFile(`.github/workflows/${name}.yml`)) as Fields & {
      readonly jobs: Readonly<Record<string, Job>>;
    },
  ]),
);
const jobs = Object.fromEntries(
  Object.values(workflows).flatMap((workflow) => Object.entries(workflow.jobs)),
);

const main = "github.ref == 'refs/heads/main'";
const environments = (stage: string) => `fromJSON(needs.build.outputs.environments).${stage}`;
// A private repository without GitHub Enterprise Cloud has no attestations.
const canAttest = "!github.event.repository.private || vars.ATTESTATIONS == 'on'";
const command = "inputs.command || (github.event.schedule == '17 * * * *' && 'audit' || 'rotate')";
const oktaEnvironment = `okta-\${{ ${command} }}-\${{ matrix.environment }}`;
const oneByOne = (group: string) => ({ group, "cancel-in-progress": false });
const ofEach = (all: string) => ({ matrix: { environment: `\${{ ${all} }}` } });

const deploys = (stage: string, needs: readonly string[]) => ({
  // A skipped stage does not block the next stage, but a cancelled stage does.
  if: `!failure() && !cancelled() && !contains(needs.*.result, 'cancelled') && ${main} && ${environments(stage)}[0]`,
  needs,
  permissions: { attestations: "read", contents: "read", "id-token": "write" },
  strategy: { "max-parallel": 1, ...ofEach(environments(stage)) },
  uses: "./.github/workflows/deploy.yml",
  with: { environment: "${{ matrix.environment }}", sha256: "${{ needs.build.outputs.sha256 }}" },
});

/**
 * Expected fields of each job: when it runs, what it waits for, its environment, rights and inputs.
 */
const wanted: Readonly<Record<string, Fields>> = {
  build: { permissions: { contents: "read" } },
  long: { permissions: { contents: "read" } },
  start: {
    permissions: { contents: "read" },
    strategy: { "fail-fast": false, matrix: { system: ["windows-2025", "macos-15"] } },
    "runs-on": "${{ matrix.system }}",
  },
  evidence: { permissions: { contents: "read" } },
  // This job reads the examples, whose values a deployment refuses.
  check: { permissions: { contents: "read" }, env: { PLACEHOLDERS: "allowed" } },
  attest: {
    if: `${main} && (${canAttest}) && (${environments("all")}[0] || vars.RELEASES == 'true')`,
    needs: "build",
    permissions: { attestations: "write", contents: "read", "id-token": "write" },
  },
  release: {
    // Without RELEASES, a company's copy would create tags that collide with the product's.
    if: "github.event_name == 'push' && vars.RELEASES == 'true'",
    needs: ["build", "long", "attest"],
    permissions: { attestations: "read", contents: "write" },
    concurrency: oneByOne("release"),
  },
  preview: {
    // A pull request from a fork gets no token, so it gets no preview.
    if:
      "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository " +
      `&& ${environments("all")}[0]`,
    needs: "build",
    permissions: { contents: "read", "id-token": "write" },
    strategy: { "fail-fast": false, ...ofEach(environments("all")) },
    environment: "preview-${{ matrix.environment }}",
    env: {
      ENVIRONMENT: "${{ matrix.environment }}",
      RESOURCE_GROUP: "${{ vars.RESOURCE_GROUP }}",
      TRUSTED_HOSTS: "${{ vars.TRUSTED_HOSTS }}",
    },
  },
  test: deploys("test", ["build", "attest"]),
  production: deploys("production", ["build", "attest", "test"]),
  standby: deploys("standby", ["build", "attest", "test", "production"]),
  deploy: {
    permissions: { attestations: "read", contents: "read", "id-token": "write" },
    environment: "${{ inputs.environment }}",
    concurrency: oneByOne("deploy-${{ inputs.environment }}"),
    env: {
      ENVIRONMENT: "${{ inputs.environment }}",
      RESOURCE_GROUP: "${{ vars.RESOURCE_GROUP }}",
      // Without this checksum, deploy-code.sh would accept any package.
      PACKAGE_SHA256: "${{ inputs.sha256 }}",
      TRUSTED_HOSTS: "${{ vars.TRUSTED_HOSTS }}",
    },
  },
  okta: {
    if: "fromJSON(vars.OKTA_ENVIRONMENTS || '[]')[0]",
    permissions: { contents: "read", "id-token": "write" },
    strategy: { "fail-fast": false, ...ofEach("fromJSON(vars.OKTA_ENVIRONMENTS)") },
    // A reviewer of this environment approves rotations. Two rotations at once would disable each
    // other's secret version.
    environment: oktaEnvironment,
    concurrency: oneByOne(oktaEnvironment),
    // A closed vault can be reached only from a runner in its network.
    "runs-on": "${{ vars.OKTA_RUNNER || 'ubuntu-24.04' }}",
    env: {
      // These come from the environment's variables, which a branch cannot change.
      COMMAND: `\${{ ${command} }}`,
      ENVIRONMENT: "${{ matrix.environment }}",
      ...Object.fromEntries(
        ["OKTA_SIGN_WITH", "OKTA_ORG_URL", "OKTA_VAULTS", "TRUSTED_HOSTS"].map((name) => [
          name,
          `\${{ vars.${name} }}`,
        ]),
      ),
    },
  },
};

it("the workflows have only the jobs that this suite tests", () => {
  expect(Object.keys(jobs)).toEqual(Object.keys(wanted));
});

it.each(Object.entries(wanted))(
  "the job %s has the expected conditions, rights and variables",
  (name, fields) => {
    const others = ["name", "outputs", "steps", "timeout-minutes"];
    const decided = Object.entries(jobs[name] ?? {}).filter(([key]) => !others.includes(key));
    // A named version of GitHub's image changes less often than the newest image.
    const machine = "uses" in fields ? {} : { "runs-on": "ubuntu-24.04" };
    expect(Object.fromEntries(decided)).toEqual({ ...machine, ...fields });
  },
);

it.each([
  // A rotation waits twice for six minutes until each instance has read the vault.
  ["okta", 30],
  // This job deploys infrastructure, may wait four minutes for an update, deploys code and tests
  // it.
  ["deploy", 30],
])("the job %s has a timeout of at least %i minutes", (job, minutes) => {
  expect(jobs[job]?.["timeout-minutes"]).toBeGreaterThanOrEqual(minutes);
});

/** Steps of a job with their conditions. Actions are without their commits. */
function stepsOf(job: string): readonly string[] {
  return (jobs[job]?.steps ?? []).map(
    ({ uses = "", run = uses.replace(/@\w+$/, ""), if: condition = "" }) =>
      [run.trimEnd(), condition].filter(Boolean).join(" if "),
  );
}

const inTemporaryFolder = '"$RUNNER_TEMP/package/okta-8x8-telephony.zip"';
// attested.programs.test.ts runs this command with the outputs of the build job.
const compareChecksums = `printf '%s  okta-8x8-telephony.%s\\n' "$PACKAGE_SHA256" zip "$SBOM_SHA256" sbom.json | sha256sum --check --strict`;
// This installs no development packages and runs no install scripts of packages.
const install = "npm ci --omit=dev --omit=optional --ignore-scripts";

it.each([
  [
    "attest",
    ["actions/download-artifact", compareChecksums, ...Array<string>(2).fill("actions/attest")],
  ],
  [
    "release",
    [
      ...["actions/checkout", "actions/download-artifact"],
      ...[
        `cd "$RUNNER_TEMP/package"\n${compareChecksums}`,
        `scripts/verify-package.sh ${inTemporaryFolder}`,
        'scripts/release.sh "$RUNNER_TEMP/package"',
      ],
    ],
  ],
  [
    "preview",
    [
      ...["actions/checkout", "actions/setup-node", install, "scripts/install-bicep.sh"],
      ...[
        'scripts/check-environment.sh "$ENVIRONMENT"',
        "azure/login",
        'scripts/preview-infra.sh "$ENVIRONMENT"',
      ],
    ],
  ],
  [
    "deploy",
    [
      ...["actions/checkout", "actions/setup-node", "actions/download-artifact"],
      ...[
        `scripts/verify-package.sh ${inTemporaryFolder} if \${{ ${canAttest} }}`,
        install,
        "scripts/install-bicep.sh",
      ],
      ...[
        'scripts/check-environment.sh "$ENVIRONMENT"',
        "azure/login",
        'scripts/deploy-infra.sh "$ENVIRONMENT"',
      ],
      ...[`scripts/deploy-code.sh ${inTemporaryFolder}`, "scripts/smoke.sh"],
    ],
  ],
  [
    "okta",
    [
      expect.stringContaining("for name in AZURE_CLIENT_ID"),
      ...["actions/checkout", "actions/setup-node", install, "azure/login"],
      `npm run --silent okta -- audit --env "$ENVIRONMENT" --sign-with "$OKTA_SIGN_WITH" if env.COMMAND == 'audit'`,
      [
        "vaults=()",
        'for vault in $OKTA_VAULTS; do vaults+=(--vault "$vault"); done',
        `npm run --silent okta -- rotate --env "$ENVIRONMENT" --yes --sign-with "$OKTA_SIGN_WITH" "\${vaults[@]}" if env.COMMAND == 'rotate'`,
      ].join("\n"),
    ],
  ],
])("the job %s runs exactly the expected steps, in their order", (job, steps) => {
  expect(stepsOf(job)).toEqual(steps);
});

it("the job start installs the project and runs try-start.ts, and no job waits for it", () => {
  expect(stepsOf("start")).toEqual([
    "actions/checkout",
    "actions/setup-node",
    "npm ci",
    "node scripts/try-start.ts",
  ]);
  const waiting = Object.values(jobs).filter(({ needs = [] }) => [needs].flat().includes("start"));
  expect(waiting).toEqual([]);
});

it("the job build restores no cache, and builds an earlier version from the whole history", () => {
  const [checkout, environments] = jobs["build"]?.steps ?? [];
  expect(checkout?.with).toMatchObject({ "fetch-depth": 0 });
  // Without this input, a manual run for one environment would deploy all.
  expect(environments).toMatchObject({ env: { ENVIRONMENT: "${{ inputs.environment }}" } });
  expect(stepsOf("build").slice(1, 5)).toEqual([
    // This runs before the code of any package, which could change the list.
    'environments=$(scripts/environments.sh "$ENVIRONMENT")\necho "environments=$environments" >>"$GITHUB_OUTPUT"',
    "actions/setup-node",
    "scripts/build.sh if ${{ !inputs.version }}",
    'scripts/build-version.sh "$VERSION" if inputs.version',
  ]);
});

it("no job restores a cache, and each program that a job installs has a fixed version", () => {
  const steps = Object.keys(jobs).flatMap(stepsOf);
  expect(steps.filter((step) => /cache|npm (?:install|i|exec)|npx/.test(step))).toEqual([]);
  // With one of these fields, actions/setup-node would restore npm's cache.
  expect(JSON.parse(readProjectFile("package.json"))).not.toHaveProperty("packageManager");
  expect(JSON.parse(readProjectFile("package.json"))).not.toHaveProperty("devEngines");
  const installed = steps.filter((step) => /Install-Module|--prefix/.test(step));
  expect(installed).toEqual([
    expect.stringContaining("npm ci --prefix .github/core-tools "),
    expect.stringMatching(/ -RequiredVersion \d+\.\d+\.\d+ /),
  ]);
});

it("a new run cancels only older runs of its pull request, and manual runs show their inputs", () => {
  expect(workflows["pipeline"]).toMatchObject({
    "run-name": expect.stringMatching(/inputs\.version .*inputs\.environment /) as string,
    on: { push: { branches: ["main"] } },
    concurrency: {
      group: "pipeline-${{ github.event.pull_request.number || github.run_id }}",
      "cancel-in-progress": "${{ github.event_name == 'pull_request' }}",
    },
  });
});

it.each([
  ["pipeline", ["pull_request", "push", "workflow_dispatch"]],
  ["deploy", ["workflow_call"]],
  ["okta", ["schedule", "workflow_dispatch"]],
])(
  "%s.yml is started only by %j, and gives its jobs no common rights or variables",
  (name, triggers) => {
    const workflow = workflows[name];
    expect(Object.keys(workflow?.["on"] as object)).toEqual(triggers);
    const forAll = ["permissions", "defaults", "env"].map((key) => workflow?.[key]);
    expect(forAll).toEqual([{}, undefined, undefined]);
  },
);

it.each(Object.entries(jobs))(
  "the job %s stores no token in a checkout, and its scripts contain no expressions",
  (_, job) => {
    const checkouts =
      job.steps?.filter(({ uses = "" }) => uses.startsWith("actions/checkout@")) ?? [];
    for (const { with: inputs } of checkouts)
      expect(inputs).toMatchObject({ "persist-credentials": false });
    // An artifact in the checkout could replace one of our scripts.
    const downloads = (job.steps ?? []).filter(
      ({ uses = "" }) => uses.startsWith("actions/download-artifact@") && checkouts.length > 0,
    );
    for (const { with: inputs } of downloads)
      expect(inputs).toEqual({ name: "package", path: "${{ runner.temp }}/package" });
    for (const { run = "" } of job.steps ?? []) expect(run).not.toMatch(/\$\{\{/);
  },
);

it("only PSRule and checkov may fail without failing the run, until ENFORCE_CHECKS is on", () => {
  const lenient = Object.values(jobs).flatMap(({ steps = [] }) =>
    steps.filter((step) => "continue-on-error" in step),
  );
  expect(lenient).toEqual([
    expect.objectContaining({ "continue-on-error": "${{ vars.ENFORCE_CHECKS != 'on' }}" }),
  ]);
  expect(lenient[0]?.["uses"]).toContain("ps-rule");
  expect(jobs["check"]?.steps?.at(-1)?.with).toMatchObject({
    soft_fail: "${{ vars.ENFORCE_CHECKS != 'on' }}",
  });
});

it("build.sh runs npm ci, npm audit, all tests with a required compiler, and npm run package", () => {
  expect(readProjectFile("scripts/build.sh")).toMatch(
    /^set -euo pipefail\n[^]*^npm ci\nnpm audit --audit-level=high\n[^]*^export BICEP="\$HOME\/.azure\/bin\/bicep" BICEP_REQUIRED=1\nnpm test\nnpm run test:programs\n(?:#.*\n)+LOCKED_NODE_REQUIRED=1 npm run package\n/m,
  );
});

it("install-bicep.sh installs a fixed version of the compiler", () => {
  expect(readProjectFile("scripts/install-bicep.sh")).toMatch(
    /^retry az bicep install --version v\d+\.\d+\.\d+ /m,
  );
});
