// Tests azure-pipelines.yml: what starts each stage, its service connection, its order and its
// package.
import { parse } from "yaml";
import { list, readProjectFile } from "./snapshot.ts";

const yaml = readProjectFile("azure-pipelines.yml");
const pipeline = parse(yaml) as Readonly<Record<string, unknown>>;
const [, , , preview, loop] = list(pipeline, "stages");
const [stage] = Object.values(loop as Record<string, readonly unknown[]>).flat();
const [deployment] = list(stage, "jobs");
const [previewJob] = Object.values(
  list(preview, "jobs")[0] as Record<string, readonly unknown[]>,
).flat();

const commands = (source: string) =>
  source.match(/scripts\/[\w-]+\.sh|(?<=(run|script): )npm [\w: -]+/g);

it("azure-pipelines.yml runs the same commands as GitHub in the same order, except for attestations", () => {
  // Only GitHub runs PSRule, the starts on Windows and macOS, and releases. In Azure
  // Pipelines, a company's own file lists the environments.
  const ofGitHubAlone =
    /^ {2}(check|start|release):$[^]*?(?=^ {2}[\w#])|scripts\/(verify-package|environments)\.sh/gm;
  const github = ["pipeline", "deploy"]
    .map((name) => readProjectFile(`.github/workflows/${name}.yml`))
    .join("\n");
  expect(commands(yaml)).toEqual(commands(github.replace(ofGitHubAlone, "")));
});

it("azure-pipelines.yml uses the project's Node, stores no token, and stops on errors", () => {
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

it("azure-pipelines.yml deploys nothing until another file extends it", () => {
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

// This installs no development packages and runs no install scripts of packages.
const install = { script: "npm ci --omit=dev --omit=optional --ignore-scripts" };
// https://learn.microsoft.com/azure/devops/pipelines/process/expressions#coalesce
const group =
  "${{ coalesce(environment.resourceGroup, format('rg-okta8x8-{0}', environment.name)) }}";

it("the preview stage runs only for pull requests of this repository, with its own connection", () => {
  expect(preview).toMatchObject({
    dependsOn: "build",
    condition:
      "and(succeeded(), eq(variables['Build.Reason'], 'PullRequest'), ne(variables['System.PullRequest.IsFork'], 'True'))",
  });
  expect(previewJob).toMatchObject({ variables: [{ group: "okta8x8-${{ environment.name }}" }] });
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

it("a deployment stage runs only for main, after the stages that it must wait for", () => {
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

it("a deployment downloads the package outside the checkout and gets the build's checksum", () => {
  expect(deployment).toMatchObject({
    variables: [
      { group: "okta8x8-${{ environment.name }}" },
      { name: "sha256", value: "$[ stageDependencies.build.build.outputs['package.sha256'] ]" },
    ],
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
