import { existsSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { at, leaves, list, readProjectFile, root, text } from "./snapshot.ts";

const yaml = readProjectFile("azure-pipelines.yml");
const pipeline: unknown = parse(yaml);
const [build, preview, loop] = list(pipeline, "stages");
const [stage] = Object.values(loop as Record<string, readonly unknown[]>).flat();

// What may be written where: https://learn.microsoft.com/azure/devops/pipelines/yaml-schema
const keys: Readonly<Record<string, readonly string[]>> = {
  stages: ["trigger", "pr", "parameters", "pool"],
  stage: ["dependsOn", "condition", "jobs", "${{ if eq(environment, 'dev') }}"],
  job: ["timeoutInMinutes", "steps"],
  deployment: ["timeoutInMinutes", "environment", "strategy"],
  checkout: ["persistCredentials"],
  task: ["displayName", "env", "inputs"],
  script: ["displayName"],
  publish: ["artifact"],
  download: [],
};
const inputs: Readonly<Record<string, readonly string[]>> = {
  "UseNode@1": ["version"],
  "AzureCLI@2": ["azureSubscription", "scriptType", "scriptLocation", "inlineScript"],
  "DownloadPipelineArtifact@2": ["artifact", "path"],
};

/** What Azure Pipelines would not know. */
function lint(value: unknown): string[] {
  return [value, ...[...leaves(value)].map((leaf) => leaf.value)].flatMap((item) => {
    const kind = Object.keys(keys).find((key) => at(item, key) !== undefined && !Array.isArray(item));
    if (kind === undefined) return [];
    return [
      ...unknownKeys(kind, item, [kind, ...(keys[kind] ?? [])]),
      ...unknownKeys("the task", at(item, "inputs"), inputs[text(item, "task")] ?? []),
    ];
  });
}

function unknownKeys(where: string, value: unknown, known: readonly string[]): string[] {
  const unknown = Object.keys(value ?? {}).filter((key) => !known.includes(key));
  return unknown.map((key) => `${where} knows no ${key}`);
}

function steps(of: unknown): readonly unknown[] {
  return [...leaves(of)].filter(({ key }) => key === "steps").flatMap(({ value }) => value);
}

describe("Azure Pipelines", () => {
  const commands = (source: string) => new Set(source.match(/scripts\/[\w-]+\.sh|npm [\w -]+/g));

  it("runs the commands that GitHub runs, in the same order", () => {
    const github = [
      ...commands(readProjectFile(".github/workflows/pipeline.yml")),
      ...commands(readProjectFile(".github/workflows/deploy.yml")),
    ];
    expect([...commands(yaml)]).toEqual([...new Set(github)]);
  });

  it("has every script that it names", () => {
    for (const script of yaml.match(/scripts\/[\w-]+\.sh/g) ?? []) expect(existsSync(join(root, script))).toBe(true);
  });

  it("uses the project's Node", () => {
    expect(yaml.match(/version: (\d+)/)?.[1]).toBe(readProjectFile(".nvmrc").trim());
  });

  it("has no key and no task that Azure Pipelines does not know", () => {
    expect(lint(pipeline)).toEqual([]);
    expect(lint(parse(yaml.replace("timeoutInMinutes", "timeoutMinutes")))).toEqual(["job knows no timeoutMinutes"]);
    expect(lint(parse(yaml.replace("azureSubscription:", "subscription:")))).toEqual([
      "the task knows no subscription",
    ]);
  });

  it("previews pull requests alone, a fork's never, by a connection that can change nothing", () => {
    expect(preview).toMatchObject({
      dependsOn: "build",
      condition:
        "and(succeeded(), eq(variables['Build.Reason'], 'PullRequest'), ne(variables['System.PullRequest.IsFork'], 'True'))",
    });
    const connections = steps(preview).map((step) => at(step, "inputs.azureSubscription"));
    expect(connections.filter(Boolean)).toEqual(["preview-${{ environment }}"]);
  });

  it("deploys main alone, to dev, then to prod, by one connection each", () => {
    expect(list(pipeline, "parameters").map((parameter) => at(parameter, "default"))).toEqual([["dev", "prod"]]);
    expect(stage).toMatchObject({
      stage: "${{ environment }}",
      "${{ if eq(environment, 'dev') }}": { dependsOn: "build" },
      condition:
        "and(succeeded(), ne(variables['Build.Reason'], 'PullRequest'), eq(variables['Build.SourceBranch'], 'refs/heads/main'))",
    });
    // A stage without dependsOn waits for the one above it.
    expect(stage).not.toHaveProperty("dependsOn");
    expect(list(stage, "jobs").map((job) => at(job, "environment"))).toEqual(["${{ environment }}"]);
    const connections = steps(stage).map((step) => at(step, "inputs.azureSubscription"));
    expect(connections.filter(Boolean)).toEqual(["deploy-${{ environment }}"]);
  });

  it("gives the artifact that it published to the deployment", () => {
    expect(
      steps(build)
        .map((step) => at(step, "artifact"))
        .filter(Boolean),
    ).toEqual(["package"]);
    const artifacts = steps(stage).map((step) => at(step, "inputs.artifact"));
    expect(artifacts.filter(Boolean)).toEqual(["package"]);
  });

  it("runs no package's install script where the deployer's token can be had", () => {
    const installs = steps(stage).filter((step) => text(step, "script").includes("npm ci"));
    expect(installs).toEqual([{ script: "npm ci --ignore-scripts" }]);
  });
});
