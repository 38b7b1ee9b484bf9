// On Azure Pipelines as on GitHub: who may start what, by which connection, in which order, of
// which package.
import { parse } from "yaml";
import { list, readProjectFile, text } from "./snapshot.ts";

const yaml = readProjectFile("azure-pipelines.yml");
const pipeline = parse(yaml) as Readonly<Record<string, unknown>>;
const exampleFile = "infra/environments/examples/azure-pipelines.yml";
const [build, long, evidence, preview, loop] = list(pipeline, "stages");
const [stage] = Object.values(loop as Record<string, readonly unknown[]>).flat();
const [deployment] = list(stage, "jobs");
const [previewJob] = Object.values(
  list(preview, "jobs")[0] as Record<string, readonly unknown[]>,
).flat();

const commands = (source: string) =>
  source.match(/scripts\/[\w-]+\.sh|(?<=(run|script): )npm [\w: -]+/g);

it("runs the commands that GitHub runs, in the same order, without GitHub's attestation", () => {
  // The public checkers, the starts on Windows and macOS, and releases run on GitHub alone. Which
  // environments there are, the company's file says.
  const ofGitHubAlone =
    /^ {2}(check|start|release):$[^]*?(?=^ {2}[\w#])|scripts\/(verify-package|environments)\.sh/gm;
  const github = ["pipeline", "deploy"]
    .map((name) => readProjectFile(`.github/workflows/${name}.yml`))
    .join("\n");
  expect(commands(yaml)).toEqual(commands(github.replace(ofGitHubAlone, "")));
});

it("uses the project's Node, leaves its token in no checkout and in no variable, and stops at what fails", () => {
  expect(new Set(yaml.match(/(?<=version: )\d+/g))).toEqual(
    new Set([readProjectFile(".nvmrc").trim()]),
  );
  expect(yaml.match(/persistCredentials: false/g)).toHaveLength(
    yaml.match(/checkout: self/g)?.length ?? 0,
  );
  expect(yaml.match(/(script|inlineScript): \|\n +set -e\n/g)).toHaveLength(
    yaml.match(/cript: \|/g)?.length ?? 0,
  );
  expect(yaml).not.toMatch(/addSpnToEnvironment|continueOnError|failOnStderr|\|\|/);
});

it("is a template that deploys nothing by itself", () => {
  expect(Object.keys(pipeline)).toEqual(["parameters", "stages"]);
  expect(list(pipeline, "parameters")).toContainEqual({
    name: "environments",
    type: "object",
    default: [],
  });
  expect(Object.keys(loop as object)).toEqual([
    "${{ each environment in parameters.environments }}",
  ]);
});

it("is extended by a company's file, which runs for main and for pull requests, each environment after all before it", () => {
  const shown = readProjectFile(exampleFile).matchAll(/- (\{ name: .*\})$/gm);
  const environments = [...shown].map(([, one = ""]) => parse(one) as unknown);
  expect(environments).toHaveLength(3);
  expect(environments).toEqual(
    expect.arrayContaining([
      { name: "dev", after: ["build"] },
      { name: "prod", after: ["build", "dev"] },
      { name: "dr", after: ["build", "dev", "prod"] },
    ]),
  );
  expect(parse(readProjectFile(exampleFile))).toMatchObject({
    trigger: ["main"],
    pr: ["main"],
    extends: {
      template: "/azure-pipelines.yml",
      parameters: {
        version: "${{ parameters.version }}",
        environments: [{ name: "dev", after: ["build"] }],
      },
    },
  });
});

it("builds main's code or, out of the whole history, an earlier version's, which never meets main's caches", () => {
  const steps = list(build, "jobs.0.steps");
  expect(steps[0]).toMatchObject({ fetchDepth: 0 });
  expect(steps.slice(2, 4)).toEqual([
    {
      "${{ if eq(parameters.version, '') }}": [
        expect.objectContaining({ task: "Cache@2" }),
        expect.objectContaining({ script: "scripts/build.sh" }),
      ],
    },
    {
      "${{ else }}": [
        expect.objectContaining({
          script: 'scripts/build-version.sh "$VERSION"',
          env: { VERSION: "${{ parameters.version }}" },
        }),
      ],
    },
  ]);
});

it("tries the lock file with other versions of npm in the stage of the long tests, for which no stage waits", () => {
  expect(list(long, "jobs.0.steps").flatMap((step) => text(step, "script") || [])).toEqual([
    ...["npm ci", "npm run check:lock", "npm run test:long"],
  ]);
});

it("lets no stage wait for the long tests and the evidence", () => {
  expect(long).toMatchObject({ stage: "long", dependsOn: [] });
  expect(evidence).toMatchObject({ stage: "evidence", dependsOn: [] });
  expect([text(preview, "dependsOn"), readProjectFile(exampleFile)].join()).not.toMatch(
    /long|evidence/,
  );
});

// None that only tests and builds is installed, and no package's script runs.
const install = { script: "npm ci --omit=dev --omit=optional --ignore-scripts" };
// https://learn.microsoft.com/azure/devops/pipelines/process/expressions#coalesce
const group =
  "${{ coalesce(environment.resourceGroup, format('rg-okta8x8-{0}', environment.name)) }}";

it("previews pull requests alone, a fork's never, by a connection that can change nothing", () => {
  expect(preview).toMatchObject({
    dependsOn: "build",
    condition:
      "and(succeeded(), eq(variables['Build.Reason'], 'PullRequest'), ne(variables['System.PullRequest.IsFork'], 'True'))",
  });
  expect(list(previewJob, "steps").slice(2)).toEqual([
    install,
    expect.objectContaining({
      env: { RESOURCE_GROUP: group },
      inputs: expect.objectContaining({
        azureSubscription: "preview-${{ environment.name }}",
      }) as unknown,
    }),
  ]);
});

it("deploys main alone, one environment after the other, one run at a time, behind the environment's approval", () => {
  expect(stage).toMatchObject({
    dependsOn: "${{ environment.after }}",
    condition:
      "and(succeeded(), ne(variables['Build.Reason'], 'PullRequest'), eq(variables['Build.SourceBranch'], 'refs/heads/main'))",
    lockBehavior: "sequential",
  });
  expect(deployment).toMatchObject({
    deployment: "deploy",
    environment: "${{ environment.name }}",
  });
});

it("deploys the package whose checksum the build said, from beside the checkout, where a script in it could not take the place of ours", () => {
  expect(deployment).toMatchObject({
    variables: { sha256: "$[ stageDependencies.build.build.outputs['package.sha256'] ]" },
  });
  const [, download, , artifact, ...others] = list(deployment, "strategy.runOnce.deploy.steps");
  expect([download, artifact, ...others]).toEqual([
    { download: "none" },
    {
      task: "DownloadPipelineArtifact@2",
      inputs: { artifact: "package", path: "$(Agent.TempDirectory)/package" },
    },
    install,
    expect.objectContaining({
      env: { PACKAGE_SHA256: "$(sha256)", RESOURCE_GROUP: group },
      inputs: expect.objectContaining({
        azureSubscription: "deploy-${{ environment.name }}",
      }) as unknown,
    }),
  ]);
});
