// GitHub jobs: what starts them, their rights and order, and what they run with access to a token.
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
  // A skipped stage does not block the next one, but a cancelled one does.
  if: `!failure() && !cancelled() && !contains(needs.*.result, 'cancelled') && ${main} && ${environments(stage)}[0]`,
  needs,
  permissions: { attestations: "read", contents: "read", "id-token": "write" },
  strategy: { "max-parallel": 1, ...ofEach(environments(stage)) },
  uses: "./.github/workflows/deploy.yml",
  with: { environment: "${{ matrix.environment }}", sha256: "${{ needs.build.outputs.sha256 }}" },
});

/** For each job: when it runs, what it waits for, its environment, its rights and its inputs. */
const wanted: Readonly<Record<string, Fields>> = {
  build: { permissions: { contents: "read" } },
  long: { permissions: { contents: "read" } },
  start: {
    permissions: { contents: "read" },
    strategy: { "fail-fast": false, matrix: { system: ["windows-2025", "macos-15"] } },
    "runs-on": "${{ matrix.system }}",
  },
  evidence: { permissions: { contents: "read" } },
  // Only the public checkers use the examples: a deployment refuses their values.
  check: { permissions: { contents: "read" }, env: { PLACEHOLDERS: "allowed" } },
  attest: {
    if: `${main} && (${canAttest}) && (${environments("all")}[0] || vars.RELEASES == 'true')`,
    needs: "build",
    permissions: { attestations: "write", contents: "read", "id-token": "write" },
  },
  release: {
    // A copy's tag would collide with the product's next one.
    if: "github.event_name == 'push' && vars.RELEASES == 'true'",
    needs: ["build", "long", "attest"],
    permissions: { attestations: "read", contents: "write" },
    concurrency: oneByOne("release"),
  },
  preview: {
    // Not from a fork.
    if:
      "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository " +
      `&& ${environments("all")}[0]`,
    needs: "build",
    permissions: { contents: "read", "id-token": "write" },
    strategy: { "fail-fast": false, ...ofEach(environments("all")) },
    environment: "preview-${{ matrix.environment }}",
    env: { ENVIRONMENT: "${{ matrix.environment }}", RESOURCE_GROUP: "${{ vars.RESOURCE_GROUP }}" },
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
      // Without the checksum it would accept any package.
      PACKAGE_SHA256: "${{ inputs.sha256 }}",
    },
  },
  okta: {
    if: "fromJSON(vars.OKTA_ENVIRONMENTS || '[]')[0]",
    permissions: { contents: "read", "id-token": "write" },
    strategy: { "fail-fast": false, ...ofEach("fromJSON(vars.OKTA_ENVIRONMENTS)") },
    // The environment has the reviewer of a rotation. Two rotations at once would each disable the
    // other's version.
    environment: oktaEnvironment,
    concurrency: oneByOne(oktaEnvironment),
    // A closed vault can be reached only from a runner in its network.
    "runs-on": "${{ vars.OKTA_RUNNER || 'ubuntu-24.04' }}",
    env: {
      // Only the environment's own variables, which its reviewer controls.
      COMMAND: `\${{ ${command} }}`,
      ENVIRONMENT: "${{ matrix.environment }}",
      ...Object.fromEntries(
        ["OKTA_SIGN_WITH", "OKTA_ORG_URL", "OKTA_VAULTS"].map((name) => [
          name,
          `\${{ vars.${name} }}`,
        ]),
      ),
    },
  },
};

it("the jobs are exactly these", () => {
  expect(Object.keys(jobs)).toEqual(Object.keys(wanted));
});

it.each(Object.entries(wanted))("%s has these conditions, rights and values", (name, fields) => {
  const others = ["name", "outputs", "steps", "timeout-minutes"];
  const decided = Object.entries(jobs[name] ?? {}).filter(([key]) => !others.includes(key));
  // GitHub's own runners, not an unpinned image.
  const machine = "uses" in fields ? {} : { "runs-on": "ubuntu-24.04" };
  expect(Object.fromEntries(decided)).toEqual({ ...machine, ...fields });
});

it.each([
  // A rotation waits twice for six minutes, until each instance has read the vault.
  ["okta", 30],
  // Infrastructure, four minutes for a rolling update, code, smoke test.
  ["deploy", 30],
])("%s has a timeout of at least %i minutes", (job, minutes) => {
  expect(jobs[job]?.["timeout-minutes"]).toBeGreaterThanOrEqual(minutes);
});

/** Steps with their conditions: actions without their commit, commands in full. */
function stepsOf(job: string): readonly string[] {
  return (jobs[job]?.steps ?? []).map(
    ({ uses = "", run = uses.replace(/@\w+$/, ""), if: condition = "" }) =>
      [run.trimEnd(), condition].filter(Boolean).join(" if "),
  );
}

const inTemporaryFolder = '"$RUNNER_TEMP/package/okta-8x8-telephony.zip"';
// Outputs of the build: attested.test.ts.
const compareChecksums = `printf '%s  okta-8x8-telephony.%s\\n' "$PACKAGE_SHA256" zip "$SBOM_SHA256" sbom.json | sha256sum --check --strict`;
// Neither development packages nor install scripts of packages.
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
])("%s runs exactly these steps, and verifies before it signs in", (job, steps) => {
  expect(stepsOf(job)).toEqual(steps);
});

it("Windows and macOS install, start and answer a request, and no other job waits for them", () => {
  expect(stepsOf("start")).toEqual([
    "actions/checkout",
    "actions/setup-node",
    "npm ci",
    "node scripts/try-start.ts",
  ]);
  const waiting = Object.values(jobs).filter(({ needs = [] }) => [needs].flat().includes("start"));
  expect(waiting).toEqual([]);
});

it("the build gets the whole history for an earlier version, and then no caches", () => {
  const [checkout, environments] = jobs["build"]?.steps ?? [];
  expect(checkout?.with).toMatchObject({ "fetch-depth": 0 });
  // Without this input, a manual run for one environment would deploy all.
  expect(environments).toMatchObject({ env: { ENVIRONMENT: "${{ inputs.environment }}" } });
  expect(stepsOf("build").slice(1, 6)).toEqual([
    // Before any package's code runs, which could change it.
    'environments=$(scripts/environments.sh "$ENVIRONMENT")\necho "environments=$environments" >>"$GITHUB_OUTPUT"',
    "actions/setup-node",
    ...["actions/cache", "scripts/build.sh"].map((step) => `${step} if \${{ !inputs.version }}`),
    'scripts/build-version.sh "$VERSION" if inputs.version',
  ]);
});

it("a push or manual run deploys main without being cancelled, and a manual run shows version and environment", () => {
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
])("%s is started only by %j, with no rights or variables of its own", (name, triggers) => {
  const workflow = workflows[name];
  expect(Object.keys(workflow?.["on"] as object)).toEqual(triggers);
  const forAll = ["permissions", "defaults", "env"].map((key) => workflow?.[key]);
  expect(forAll).toEqual([{}, undefined, undefined]);
});

it.each(Object.entries(jobs))(
  "%s leaves its token in no checkout, and passes values to scripts only as variables",
  (_, job) => {
    const checkouts =
      job.steps?.filter(({ uses = "" }) => uses.startsWith("actions/checkout@")) ?? [];
    for (const { with: inputs } of checkouts)
      expect(inputs).toMatchObject({ "persist-credentials": false });
    for (const { uses = "", with: inputs, run = "" } of job.steps ?? []) {
      // An artifact in the checkout could replace one of our scripts.
      if (uses.startsWith("actions/download-artifact@") && checkouts.length > 0)
        expect(inputs).toEqual({ name: "package", path: "${{ runner.temp }}/package" });
      expect(run).not.toMatch(/\$\{\{/);
    }
  },
);

it("only the public checkers may fail without stopping the run, until a company enforces them", () => {
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

it("the build installs from the lock file, stops on errors, requires a compiler, and packs last", () => {
  expect(readProjectFile("scripts/build.sh")).toMatch(
    /^set -euo pipefail\n[^]*^npm ci\nnpm audit --audit-level=high\n[^]*^BICEP="\$HOME\/.azure\/bin\/bicep" BICEP_REQUIRED=1 npm test\n(?:#.*\n)+LOCKED_NODE_REQUIRED=1 npm run package\n/m,
  );
});

it("the compiler has the version of the snapshots", () => {
  expect(readProjectFile("scripts/install-bicep.sh")).toMatch(
    /^retry az bicep install --version v\d+\.\d+\.\d+ /m,
  );
});
