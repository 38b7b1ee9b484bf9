// Tests rules of the pipelines that a mistake or an attacker could break while the runs still
// succeed. GitHub's own parser checks the rest of the workflows.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readProjectFile, root } from "./snapshot.ts";
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
  const broken = readProjectFile(`${folder}/pipeline.yml`).replaceAll(
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
    preview: azure,
    test: deployment,
    production: deployment,
    standby: deployment,
    deploy: deployment,
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

it.each(["preview", "deploy", "okta"])(
  "before the job %s signs in to Azure, it checks its hosts and runs no install scripts",
  (job) => {
    const signsIn = runs(job).findIndex((run) => run.includes("azure/login"));
    const before = runs(job).slice(0, signsIn);
    expect(before.filter((run) => /check-environment|AZURE_CLIENT_ID/.test(run))).toHaveLength(1);
    expect(before.filter((run) => run.startsWith("npm "))).toEqual([
      "npm ci --omit=dev --omit=optional --ignore-scripts",
    ]);
    // TRUSTED_HOSTS is a variable of the GitHub environment, which a branch cannot change.
    expect(jobs[job]?.["env"]).toMatchObject({ TRUSTED_HOSTS: "${{ vars.TRUSTED_HOSTS }}" });
  },
);

it("a deployment accepts only the package that the build made, and only from main", () => {
  // Without this checksum, deploy-code.sh would accept any package.
  expect(jobs["deploy"]?.["env"]).toMatchObject({ PACKAGE_SHA256: "${{ inputs.sha256 }}" });
  for (const stage of ["test", "production", "standby"])
    expect(jobs[stage]).toMatchObject({
      if: expect.stringContaining("github.ref == 'refs/heads/main'") as string,
      with: { sha256: "${{ needs.build.outputs.sha256 }}" },
    });
  expect(runs("deploy").findIndex((run) => run.includes("verify-package"))).toBeLessThan(
    runs("deploy").findIndex((run) => run.startsWith("npm ci")),
  );
});

it("build.sh runs npm test and npm run test:programs, and requires the Bicep compiler", () => {
  expect(readProjectFile("scripts/build.sh")).toMatch(
    / BICEP_REQUIRED=1\nnpm test\nnpm run test:programs\n/,
  );
});

it("okta.yml runs rotate every quarter", () => {
  const okta = readProjectFile(`${folder}/okta.yml`);
  expect([...okta.matchAll(/- cron: "(.*)"/g)].map(([, cron]) => cron)).toEqual([
    "43 8 3 1,4,7,10 *",
  ]);
});

describe("azure-pipelines.yml", () => {
  const yaml = readProjectFile("azure-pipelines.yml");
  const commands = (source: string) =>
    source.match(/scripts\/[\w-]+\.sh|(?<=(run|script): )npm [\w: -]+/g);

  it("azure-pipelines.yml runs the same commands as GitHub in the same order, except for attestations", () => {
    // Only GitHub runs PSRule, runs npm start on Windows and macOS, and makes releases.
    const ofGitHubAlone =
      /^ {2}(check|start|release):$[^]*?(?=^ {2}[\w#])|scripts\/(verify-package|environments)\.sh/gm;
    const github = ["pipeline", "deploy"].map((name) => readProjectFile(`${folder}/${name}.yml`));
    expect(commands(yaml)).toEqual(commands(github.join("\n").replace(ofGitHubAlone, "")));
  });

  it("azure-pipelines.yml stores no token, stops on errors, and deploys the build's package only from main", () => {
    const times = (pattern: RegExp) => yaml.match(pattern)?.length;
    expect(times(/persistCredentials: false/g)).toBe(times(/checkout: self/g));
    expect(times(/(script|inlineScript): \|\n +set -e\n/g)).toBe(times(/cript: \|/g));
    expect(yaml).toContain("PACKAGE_SHA256: $(sha256)");
    expect(yaml).toContain("eq(variables['Build.SourceBranch'], 'refs/heads/main'))\n");
  });
});
