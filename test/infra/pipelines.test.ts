// Tests what an attacker or a mistake could use in the jobs of GitHub's workflows: their triggers,
// rights, environments and order. workflows.test.ts runs GitHub's own parser.
import { parse } from "yaml";
import { readProjectFile } from "./snapshot.ts";

type Fields = Readonly<Record<string, unknown>>;
interface Job extends Fields {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly steps?: readonly Readonly<Record<string, string> & { with?: Fields; env?: Fields }>[];
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
const runs = (job: string) =>
  (jobs[job]?.steps ?? []).map(({ run = "", uses = "" }) => run || uses);
const having = (pattern: RegExp) =>
  Object.keys(jobs).filter((name) => pattern.test(JSON.stringify(jobs[name])));

it.each([
  ["pipeline", ["pull_request", "push", "workflow_dispatch"]],
  ["deploy", ["workflow_call"]],
  ["okta", ["schedule", "workflow_dispatch"]],
])("%s.yml is started only by %j, and gives its jobs no common rights", (name, triggers) => {
  const workflow = workflows[name];
  expect(Object.keys(workflow?.["on"] as object)).toEqual(triggers);
  expect([workflow?.["permissions"], workflow?.["env"]]).toEqual([{}, undefined]);
});

const azure = { contents: "read", "id-token": "write" };
const deployment = { ...azure, attestations: "read" };
it("only the jobs that need more than to read the code have more rights", () => {
  const others = Object.entries(jobs).filter(
    ([, { permissions }]) => JSON.stringify(permissions) !== '{"contents":"read"}',
  );
  expect(Object.fromEntries(others.map(([name, job]) => [name, job["permissions"]]))).toEqual({
    attest: { ...azure, attestations: "write" },
    release: { attestations: "read", contents: "write" },
    preview: azure,
    test: deployment,
    production: deployment,
    standby: deployment,
    deploy: deployment,
    okta: azure,
  });
});

it.each([
  ["test", ["build", "attest"]],
  ["production", ["build", "attest", "test"]],
  ["standby", ["build", "attest", "test", "production"]],
])("%s deploys only main, after %j, with the checksum of the build", (stage, needs) => {
  // A skipped stage does not block the next stage, but a failed or cancelled stage does.
  expect(jobs[stage]?.if).toMatch(
    /^!failure\(\) && !cancelled\(\) && !contains\(needs\.\*\.result, 'cancelled'\) && github\.ref == 'refs\/heads\/main' && /,
  );
  expect(jobs[stage]).toMatchObject({
    needs,
    with: { sha256: "${{ needs.build.outputs.sha256 }}" },
  });
});

it("a package is attested only on main, and a release needs RELEASES", () => {
  expect(jobs["attest"]?.if).toMatch(/^github\.ref == 'refs\/heads\/main' && \(/);
  // Without RELEASES, a company's copy would create tags that collide with the product's.
  expect(jobs["release"]?.if).toBe("github.event_name == 'push' && vars.RELEASES == 'true'");
  expect(jobs["release"]?.needs).toEqual(["build", "long", "attest"]);
});

it("a preview never runs for a fork, and has an environment of its own", () => {
  expect(jobs["preview"]?.if).toContain(
    "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository &&",
  );
  expect(jobs["preview"]?.["environment"]).toBe("preview-${{ matrix.environment }}");
});

it("deployments and rotations wait for their environment's reviewers, one at a time", () => {
  const one = (group: unknown) => ({ group, "cancel-in-progress": false });
  expect(jobs["deploy"]).toMatchObject({
    environment: "${{ inputs.environment }}",
    concurrency: one("deploy-${{ inputs.environment }}"),
  });
  // Two rotations at once would disable each other's secret version.
  const { environment } = jobs["okta"] ?? {};
  expect(environment).toMatch(/^okta-\$\{\{ .* \}\}-\$\{\{ matrix\.environment \}\}$/);
  expect(jobs["okta"]?.["concurrency"]).toEqual(one(environment));
});

it.each(["preview", "deploy", "okta"])(
  "the job %s gets TRUSTED_HOSTS from its environment, which a branch cannot change",
  (job) => {
    expect(jobs[job]?.["env"]).toMatchObject({ TRUSTED_HOSTS: "${{ vars.TRUSTED_HOSTS }}" });
  },
);

it("a deployment verifies the package, checks the environment, deploys and then tests", () => {
  const order = ["verify-package", "npm ci", "install-bicep", "check-environment", "azure/login"];
  const all = [...order, "deploy-infra", "deploy-code", "smoke"];
  const places = all.map((step) => runs("deploy").findIndex((run) => run.includes(step)));
  expect(places).toEqual(places.toSorted((one, two) => one - two));
  expect(places[0]).toBeGreaterThan(0);
  // Without this checksum, deploy-code.sh would accept any package.
  expect(jobs["deploy"]?.["env"]).toMatchObject({ PACKAGE_SHA256: "${{ inputs.sha256 }}" });
});

it.each(["preview", "deploy", "okta"])(
  "the job %s checks before it signs in to Azure, and runs no install scripts of packages",
  (job) => {
    const before = runs(job).slice(
      0,
      runs(job).findIndex((run) => run.includes("azure/login")),
    );
    const isCheck = (run: string) => /check-environment|AZURE_CLIENT_ID/.test(run);
    expect(before.filter(isCheck)).toHaveLength(1);
    expect(before.filter((run) => run.startsWith("npm "))).toEqual([
      "npm ci --omit=dev --omit=optional --ignore-scripts",
    ]);
  },
);

it("no job restores a cache, and each program that a job installs has a fixed version", () => {
  const steps = Object.keys(jobs).flatMap(runs);
  expect(steps.filter((step) => /cache|npm (?:install|i|exec)|npx/.test(step))).toEqual([]);
  // With one of these fields, actions/setup-node would restore npm's cache.
  expect(JSON.parse(readProjectFile("package.json"))).not.toHaveProperty("packageManager");
  expect(JSON.parse(readProjectFile("package.json"))).not.toHaveProperty("devEngines");
  expect(steps.filter((step) => /Install-Module|--prefix/.test(step))).toEqual([
    expect.stringContaining("npm ci --prefix .github/core-tools "),
    expect.stringMatching(/ -RequiredVersion \d+\.\d+\.\d+ /),
  ]);
  expect(readProjectFile("scripts/install-bicep.sh")).toMatch(/ install --version v\d+\.\d+\.\d+ /);
});

it.each(Object.keys(jobs))(
  "the job %s stores no token in a checkout, and its scripts contain no expressions",
  (name) => {
    const steps = jobs[name]?.steps ?? [];
    const inputsOf = (action: string) =>
      steps
        .filter(({ uses = "" }) => uses.startsWith(`actions/${action}@`))
        .map((step) => step.with);
    const checkouts = inputsOf("checkout");
    for (const inputs of checkouts) expect(inputs).toMatchObject({ "persist-credentials": false });
    // An artifact in the checkout could replace one of our scripts.
    const beside = checkouts.length > 0 ? inputsOf("download-artifact") : [];
    for (const inputs of beside)
      expect(inputs).toMatchObject({ path: "${{ runner.temp }}/package" });
    for (const { run = "" } of steps) expect(run).not.toMatch(/\$\{\{/);
  },
);

it("no script ignores a failure", () => {
  expect(having(/\|\| (?:true|:)|set \+e/)).toEqual([]);
});

it("only the check of templates may fail without failing the run, until ENFORCE_CHECKS is on", () => {
  expect(having(/continue-on-error/)).toEqual(["check"]);
  const lenient = (jobs["check"]?.steps ?? []).flatMap((step) => step["continue-on-error"] ?? []);
  expect(lenient).toEqual(["${{ vars.ENFORCE_CHECKS != 'on' }}"]);
});

it("build.sh runs npm ci, npm audit, all tests with a required compiler, and npm run package", () => {
  expect(readProjectFile("scripts/build.sh")).toMatch(
    /^set -euo pipefail\n[^]*^npm ci\nnpm audit --audit-level=high\n[^]*^export BICEP="\$HOME\/.azure\/bin\/bicep" BICEP_REQUIRED=1\nnpm test\nnpm run test:programs\n(?:#.*\n)+LOCKED_NODE_REQUIRED=1 npm run package\n/m,
  );
});
