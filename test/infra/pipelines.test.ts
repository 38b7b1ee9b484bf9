// Tests rules of the pipelines that a mistake or an attacker could break while the runs still
// succeed. GitHub's own parser checks the rest of the workflows.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { list, readProjectFile, root, text } from "./snapshot.ts";
import { lintWorkflow } from "./workflow-lint.ts";

type Fields = Readonly<Record<string, unknown>>;
interface Job extends Fields {
  readonly steps?: readonly Readonly<Record<string, string> & { with?: Fields }>[];
}

const folder = ".github/workflows";
const sources = readdirSync(join(root, folder)).map(
  (file) => [file, readProjectFile(`${folder}/${file}`)] as const,
);
const workflows = sources.map(
  ([file, source]) =>
    [file, parse(source) as Fields & { readonly jobs: Readonly<Record<string, Job>> }] as const,
);
const jobs: Readonly<Record<string, Job>> = Object.fromEntries(
  workflows.flatMap(([, workflow]) => Object.entries(workflow.jobs)),
);
const runs = (job: string) =>
  (jobs[job]?.steps ?? []).map(({ run = "", uses = "" }) => run || uses);

it.each(sources)(
  "GitHub's own parser accepts %s, and all actions in it are pinned to a commit",
  async (_, source) => {
    expect(await lintWorkflow(source)).toEqual([]);
    for (const line of source.split("\n").filter((line) => /uses: [^.]/.test(line)))
      expect(line).toMatch(/@[\da-f]{40} # v\d+\.\d+\.\d+$/);
  },
);

it("GitHub's own parser reports a member that does not exist", async () => {
  const broken = readProjectFile(`${folder}/deploy.yml`).replaceAll(
    "matrix.environment",
    "matrix.env",
  );
  expect((await lintWorkflow(broken)).join("\n")).toContain("invalid: env");
});

it.each(workflows)(
  "%s starts on no event that would give rights to a fork's code",
  (_, workflow) => {
    const events = ["pull_request", "push", "schedule", "workflow_call", "workflow_dispatch"];
    expect(events).toEqual(expect.arrayContaining(Object.keys(workflow["on"] as object)));
    expect([workflow["permissions"], workflow["env"]]).toEqual([{}, undefined]);
  },
);

const azure = { contents: "read", "id-token": "write" };
const deployment = { ...azure, attestations: "read" };
it("only the jobs listed here have more rights than to read the code", () => {
  const others = Object.entries(jobs).filter(
    ([, { permissions }]) => JSON.stringify(permissions) !== '{"contents":"read"}',
  );
  expect(Object.fromEntries(others.map(([name, job]) => [name, job["permissions"]]))).toEqual({
    attest: { ...azure, attestations: "write" },
    release: { attestations: "read", contents: "write" },
    preview: deployment,
    test: deployment,
    production: deployment,
    standby: deployment,
    okta: azure,
  });
});

it.each(Object.entries(jobs))(
  "the job %s stores no token in a checkout, restores no cache, and its scripts contain no expressions",
  (_, { steps = [] }) => {
    const checkouts = steps.filter(({ uses = "" }) => uses.startsWith("actions/checkout@"));
    for (const { with: inputs } of checkouts)
      expect(inputs).toMatchObject({ "persist-credentials": false });
    for (const step of steps) {
      // An expression could insert text from the author of a pull request, and bash would run it.
      expect(step["run"] ?? "").not.toMatch(/\$\{\{/);
      expect(JSON.stringify(step)).not.toMatch(/cache|npm (?:install|i|exec)|npx|\|\| (?:true|:)/);
    }
  },
);

it("no field of package.json makes setup-node restore a cache, and jobs install only fixed versions of programs", () => {
  const { packageManager, devEngines } = JSON.parse(readProjectFile("package.json")) as Fields;
  expect([packageManager, devEngines]).toEqual([undefined, undefined]);
  const installs = Object.keys(jobs)
    .flatMap(runs)
    .filter((run) => /Install-Module|--prefix/.test(run));
  expect(installs).toEqual([
    expect.stringContaining("npm ci --prefix .github/core-tools "),
    expect.stringMatching(/ -RequiredVersion \d+\.\d+\.\d+ /),
  ]);
  expect(readProjectFile("scripts/install-bicep.sh")).toMatch(/ install --version v\d+\.\d+\.\d+ /);
});

it.each(["preview", "test", "production", "standby", "okta"])(
  "the job %s checks its values before it signs in to Azure, and gets its hosts from a variable",
  (job) => {
    const signsIn = runs(job).findIndex((run) => run.includes("azure/login"));
    const before = runs(job).slice(0, signsIn);
    expect(before.filter((run) => /command\.js check|AZURE_CLIENT_ID/.test(run))).toHaveLength(1);
    expect(runs(job).filter((run) => /^(?:npm|scripts)\b/.test(run))).toEqual([]);
    // TRUSTED_HOSTS is a variable of the GitHub environment, which a branch cannot change.
    expect(jobs[job]?.["env"]).toMatchObject({ TRUSTED_HOSTS: "${{ vars.TRUSTED_HOSTS }}" });
  },
);

it("only main is deployed, one environment at a time, and each stage waits for the stages before it", () => {
  for (const stage of ["test", "production", "standby"])
    expect(jobs[stage]).toMatchObject({
      if: expect.stringContaining("github.ref == 'refs/heads/main'") as string,
      strategy: { "max-parallel": 1 },
    });
  expect([jobs["production"]?.["needs"], jobs["standby"]?.["needs"]]).toEqual([
    "test",
    ["test", "production"],
  ]);
});

it("a deployment verifies the attestation of the package before code of the package runs", () => {
  const verify = runs("test").findIndex((run) => run.includes("gh attestation verify"));
  const first = runs("test").findIndex((run) => run.includes("command.js"));
  expect([verify > 0, verify < first]).toEqual([true, true]);
});

it("build.sh runs npm test and npm run test:programs, and requires the Bicep compiler", () => {
  expect(readProjectFile("scripts/build.sh")).toMatch(
    / BICEP_REQUIRED=1\nnpm test\nnpm run test:programs\n/,
  );
});

it("the build marks the package as signed exactly if the job attest runs", () => {
  const workflow: unknown = parse(readProjectFile(".github/workflows/pipeline.yml"));
  const build = list(workflow, "jobs.build.steps").find(
    (step) => text(step, "run") === "scripts/build.sh",
  );
  expect(text(build, "env.SIGNED")).toBe(`\${{ ${text(workflow, "jobs.attest.if")} }}`);
  expect(readProjectFile("scripts/build.sh")).toContain(
    "\n[[ ${SIGNED-} != true ]] || options=(--signed)\nLOCKED_NODE_REQUIRED=1 npm run package -- ",
  );
});

describe("azure-pipelines.yml", () => {
  const yaml = readProjectFile("azure-pipelines.yml");

  it("azure-pipelines.yml stores no token, stops on errors, and deploys only from main", () => {
    const times = (pattern: RegExp) => yaml.match(pattern)?.length;
    expect(times(/persistCredentials: false/g)).toBe(times(/checkout: self/g));
    expect(times(/(script|inlineScript): \|\n +set -e\n/g)).toBe(times(/cript: \|/g));
    expect(yaml).toContain("eq(variables['Build.SourceBranch'], 'refs/heads/main'))\n");
  });
});
