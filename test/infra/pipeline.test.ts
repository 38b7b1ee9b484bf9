// What the pipeline on GitHub does, where the lint of its workflows says only that it can be read.
import { parse } from "yaml";
import { readProjectFile } from "./snapshot.ts";

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly concurrency: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, Job>>;
}
interface Job extends Readonly<Record<string, unknown>> {
  readonly steps?: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, unknown>>;
  }[];
}

function readWorkflow(name: string): Workflow {
  return parse(readProjectFile(`.github/workflows/${name}.yml`)) as Workflow;
}

describe("the pipeline", () => {
  const { on, jobs, concurrency } = readWorkflow("pipeline");
  const deploy = readWorkflow("deploy").jobs["deploy"];

  it("deploys what was built, to dev, then to prod, on a push alone", () => {
    expect(jobs["dev"]).toMatchObject({
      if: "github.event_name == 'push'",
      needs: "build",
      with: { environment: "dev" },
    });
    expect(jobs["prod"]).toMatchObject({ needs: "dev", with: { environment: "prod" } });
    expect(jobs["prod"]).not.toHaveProperty("if");
    expect(on["push"]).toEqual({ branches: ["main"] });
  });

  it("waits for the environment's approval, one deployment at a time, without holding the next run's build", () => {
    expect(deploy).toMatchObject({
      environment: "${{ inputs.environment }}",
      concurrency: { group: "deploy-${{ inputs.environment }}", "cancel-in-progress": false },
    });
    expect(concurrency["group"]).toBe("pipeline-${{ github.event.pull_request.number || github.run_id }}");
  });

  it("previews this repository's own pull requests, a fork's never", () => {
    expect(jobs["preview"]).toMatchObject({
      if: "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository",
      needs: "build",
      environment: "preview-${{ matrix.environment }}",
    });
  });

  it("asks the public checkers, which report and hold nothing up", () => {
    const [psrule, checkov] = ["microsoft/ps-rule", "bridgecrewio/checkov-action"].map((action) =>
      jobs["check"]?.steps?.find((step) => step.uses?.startsWith(`${action}@`)),
    );
    expect(psrule).toMatchObject({ "continue-on-error": true, with: { option: "infra/ps-rule.yaml" } });
    expect(checkov).toMatchObject({ with: { config_file: "infra/checkov.yaml", soft_fail: true } });
    expect(Object.values(jobs).map((job) => job["needs"])).not.toContain("check");
  });

  it("gives the artifact that it uploaded to the deployment", () => {
    const names = [jobs["build"], deploy].map((job) =>
      job?.steps?.filter((step) => step.uses?.includes("load-artifact@")).map((step) => step.with?.["name"]),
    );
    expect(names).toEqual([["package"], ["package"]]);
  });

  it("runs no package's install script where the deployer's token can be had", () => {
    const installs = deploy?.steps?.map((step) => step.run ?? "").filter((run) => run.includes("npm ci"));
    expect(installs).toEqual(["npm ci --ignore-scripts"]);
  });
});

it("the build checks everything before it packs, and says what is inside", () => {
  const build = readProjectFile("scripts/build.sh")
    .split("\n")
    .filter((line) => /^\S/.test(line) && !line.startsWith("#"));
  expect(build.slice(build.indexOf("npm ci"))).toEqual([
    "npm ci",
    "npm audit --audit-level=high",
    "scripts/install-bicep.sh",
    'BICEP="$HOME/.azure/bin/bicep" BICEP_REQUIRED=1 npm test',
    "npm run package",
    "scripts/sbom.sh",
  ]);
});
