import { existsSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { list, readProjectFile, root, text } from "./snapshot.ts";

const yaml = readProjectFile("azure-pipelines.yml");
const pipeline = parse(yaml) as Readonly<Record<string, unknown>>;
const exampleFile = "infra/environments/examples/azure-pipelines.yml";
const example: unknown = parse(readProjectFile(exampleFile));
const [build, long, preview, loop] = list(pipeline, "stages");
const [stage] = Object.values(loop as Record<string, readonly unknown[]>).flat();

describe("Azure Pipelines", () => {
  const commands = (source: string) => new Set(source.match(/scripts\/[\w-]+\.sh|(?<=(run|script): )npm [\w: -]+/g));

  it("runs the commands that GitHub runs, in the same order, without GitHub's attestation", () => {
    // The public checkers run, and releases are made, on GitHub alone.
    const workflow = readProjectFile(".github/workflows/pipeline.yml").replace(
      /^ {2}(check|release):$[^]*?(?=^ {2}[\w#])/gm,
      "",
    );
    const github = new Set([...commands(workflow), ...commands(readProjectFile(".github/workflows/deploy.yml"))]);
    github.delete("scripts/verify-package.sh");
    // Which environments there are, the company's file says.
    github.delete("scripts/environments.sh");
    expect([...commands(yaml)]).toEqual([...github]);
  });

  it("has every script that it names", () => {
    for (const script of yaml.match(/scripts\/[\w-]+\.sh/g) ?? []) expect(existsSync(join(root, script))).toBe(true);
  });

  it("uses the project's Node", () => {
    expect(yaml.match(/version: (\d+)/)?.[1]).toBe(readProjectFile(".nvmrc").trim());
  });

  it("is a template that deploys nothing by itself", () => {
    const { stages, ...rest } = pipeline;
    expect(stages).toHaveLength(4);
    expect(rest).toEqual({
      parameters: [
        { name: "environments", type: "object", default: [] },
        { name: "version", type: "string", default: "" },
      ],
    });
    expect(Object.keys(loop as object)).toEqual(["${{ each environment in parameters.environments }}"]);
  });

  it("is extended by a company's file, which runs for main and for pull requests, each environment after all before it", () => {
    const shown = readProjectFile(exampleFile).matchAll(/- (\{ name: .*\})$/gm);
    const environments = [...shown].map(([, one = ""]) => parse(one) as { readonly name: string });
    const names = ["dev", "prod", "dr"];
    expect(environments.toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name))).toEqual(
      names.map((name, i) => ({ name, after: ["build", ...names.slice(0, i)] })),
    );
    expect(example).toEqual({
      trigger: ["main"],
      pr: ["main"],
      parameters: [expect.objectContaining({ name: "version", type: "string", default: "" })],
      pool: { vmImage: "ubuntu-24.04" },
      extends: {
        template: "/azure-pipelines.yml",
        parameters: { version: "${{ parameters.version }}", environments: [{ name: "dev", after: ["build"] }] },
      },
    });
  });

  const checkout = { checkout: "self", persistCredentials: false };
  const node = { task: "UseNode@1", inputs: { version: "24.x" } };
  const azure = (connection: string, script: readonly string[]) => ({
    azureSubscription: `${connection}-\${{ environment.name }}`,
    scriptType: "bash",
    scriptLocation: "inlineScript",
    inlineScript: ["set -e", ...script, ""].join("\n"),
  });
  // https://learn.microsoft.com/azure/devops/pipelines/process/expressions#coalesce
  const group = "${{ coalesce(environment.resourceGroup, format('rg-okta8x8-{0}', environment.name)) }}";

  it("builds once, main's code or an earlier version's, publishes the package and says its checksum", () => {
    expect(build).toEqual({
      stage: "build",
      jobs: [
        {
          job: "build",
          timeoutInMinutes: 30,
          steps: [
            { ...checkout, fetchDepth: 0 },
            node,
            {
              "${{ if eq(parameters.version, '') }}": [
                {
                  task: "Cache@2",
                  inputs: {
                    ...{ path: ".cache", key: "checks | package-lock.json | **/*.ts" },
                    restoreKeys: "checks | package-lock.json",
                  },
                },
                { script: "scripts/build.sh", displayName: "Build and test" },
              ],
            },
            {
              "${{ else }}": [
                {
                  script: 'scripts/build-version.sh "$VERSION"',
                  displayName: "Build an earlier version",
                  env: { VERSION: "${{ parameters.version }}" },
                },
              ],
            },
            {
              script: [
                "set -e",
                "mkdir package && cp okta-8x8-telephony.* package",
                `echo "##vso[task.setvariable variable=sha256;isOutput=true]$(sha256sum okta-8x8-telephony.zip | cut -d ' ' -f 1)"`,
                "",
              ].join("\n"),
              name: "package",
              displayName: "Collect the package",
            },
            { publish: "package", artifact: "package" },
          ],
        },
      ],
    });
  });

  it("tests what takes minutes beside the build, and no stage waits for it", () => {
    const steps = [checkout, node, { script: "npm ci" }, { script: "npm run test:long" }];
    expect(long).toEqual({ stage: "long", dependsOn: [], jobs: [{ job: "long", timeoutInMinutes: 20, steps }] });
    expect([text(preview, "dependsOn"), readProjectFile(exampleFile)].join()).not.toContain("long");
  });

  it("previews pull requests alone, a fork's never, by a connection that can change nothing", () => {
    const job = {
      job: "preview_${{ environment.name }}",
      timeoutInMinutes: 15,
      steps: [
        checkout,
        node,
        { script: "npm ci --omit=dev --ignore-scripts" },
        {
          task: "AzureCLI@2",
          displayName: "Preview ${{ environment.name }}",
          env: { RESOURCE_GROUP: group },
          inputs: azure("preview", [
            "scripts/install-bicep.sh",
            "scripts/check-environment.sh ${{ environment.name }}",
            "scripts/preview-infra.sh ${{ environment.name }}",
          ]),
        },
      ],
    };
    expect(preview).toEqual({
      stage: "preview",
      dependsOn: "build",
      condition:
        "and(succeeded(), eq(variables['Build.Reason'], 'PullRequest'), ne(variables['System.PullRequest.IsFork'], 'True'))",
      jobs: [{ "${{ each environment in parameters.environments }}": [job] }],
    });
  });

  it("deploys main alone, one environment after the other, one run at a time, the package whose checksum the build said", () => {
    const { jobs, ...rest } = stage as { jobs: readonly unknown[] };
    expect(rest).toEqual({
      stage: "${{ environment.name }}",
      dependsOn: "${{ environment.after }}",
      condition:
        "and(succeeded(), ne(variables['Build.Reason'], 'PullRequest'), eq(variables['Build.SourceBranch'], 'refs/heads/main'))",
      lockBehavior: "sequential",
    });
    const { strategy, ...job } = jobs[0] as { strategy: unknown };
    expect([jobs.length, job]).toEqual([
      1,
      {
        deployment: "deploy",
        timeoutInMinutes: 60,
        environment: "${{ environment.name }}",
        variables: { sha256: "$[ stageDependencies.build.build.outputs['package.sha256'] ]" },
      },
    ]);
    const steps = [
      checkout,
      { download: "none" },
      node,
      {
        task: "DownloadPipelineArtifact@2",
        inputs: { artifact: "package", path: "$(Agent.TempDirectory)/package" },
      },
      { script: "npm ci --omit=dev --ignore-scripts" },
      {
        task: "AzureCLI@2",
        displayName: "Deploy ${{ environment.name }}",
        env: { PACKAGE_SHA256: "$(sha256)", RESOURCE_GROUP: group },
        inputs: azure("deploy", [
          "scripts/install-bicep.sh",
          "scripts/check-environment.sh ${{ environment.name }}",
          "scripts/deploy-infra.sh ${{ environment.name }}",
          'scripts/deploy-code.sh "$AGENT_TEMPDIRECTORY/package/okta-8x8-telephony.zip"',
          "scripts/smoke.sh",
        ]),
      },
    ];
    expect(strategy).toEqual({ runOnce: { deploy: { steps } } });
  });
});
