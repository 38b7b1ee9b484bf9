import { rmSync } from "node:fs";
import {
  answers,
  createSetupProject,
  productionAnswers,
  type SetupProject,
} from "./setup-project.ts";

const dev = { ...answers, "8x8 API key": answers["8x8 API key"] ?? "" };
const azure = (project: SetupProject, ...paths: readonly string[]) => {
  for (const path of paths)
    rmSync(project.path(`stand-in/azure/${path}`), { recursive: true, force: true });
};

/** Azure keeps the subscription's record of the bootstrap, and the deleted workspace's name. */
function deleteGroups(project: SetupProject, name: string, region: string): void {
  azure(project, "groups", "identities", "assignments", "vaults", "versions", "code");
  azure(project, `deployments/rg-okta8x8-${name}`);
  project.write("stand-in/azure/deleted-workspaces", `${region}\n`);
}
const created = (calls: readonly string[]) =>
  calls.filter((call) => /^az deployment \w+ create/.test(call));
const region = (project: SetupProject) =>
  /^param location = .*$/m.exec(project.read("project/environments/dev/bootstrap.bicepparam"))?.[0];
const values = (project: SetupProject, name: string) =>
  project.read(`project/environments/${name}/main.bicepparam`);

describe("an environment whose groups were deleted", () => {
  const project = createSetupProject();
  beforeAll(async () => {
    expect((await project.setup(["dev"], dev)).status).toBe(0);
  });

  it("setup creates the groups again, although nothing has changed since the last bootstrap", async () => {
    deleteGroups(project, "dev", "westeurope");
    const { status, calls, screen } = await project.setup(["dev"], dev);
    expect([status, created(calls).length]).toEqual([0, 2]);
    expect(screen).not.toContain("nothing has changed since the last bootstrap");
    // In its own region, Azure recovers the deleted workspace with its logs.
    expect(values(project, "dev")).not.toContain("workspaceName");
  });

  it.each([
    ["an identity", "identities/id-dev"],
    ["a role assignment", "assignments/rg-okta8x8-dev"],
  ])("setup bootstraps again after %s was deleted", async (_, path) => {
    const name = `stand-in/azure/${path}`;
    if (path.startsWith("assignments")) project.write(name, "another\n");
    else azure(project, path);
    const { status, calls } = await project.setup(["dev"], dev);
    expect([status, created(calls).length]).toEqual([0, 1]);
    const again = await project.setup(["dev"], dev);
    expect([again.status, created(again.calls)]).toEqual([0, []]);
  });

  it("in another region, setup uses another deployment and another name for the workspace", async () => {
    deleteGroups(project, "dev", "westeurope");
    const { status, calls, screen } = await project.setup(["dev"], {
      ...dev,
      "Azure region": "northeurope",
    });
    expect([status, region(project)]).toEqual([0, "param location = 'northeurope'"]);
    const [bootstrap] = created(calls);
    expect(bootstrap).toContain("--name okta-8x8-telephony-bootstrap-dev-northeurope ");
    expect(values(project, "dev")).toContain(
      "\nparam workspaceName = 'log-okta8x8-dev-northeurope'\n",
    );
    expect(screen).toContain("the deleted workspace log-okta8x8-dev in westeurope for 14 days");
  });

  it("setup --check asks nothing, changes nothing, and stops at what Azure refuses", async () => {
    const before = project.state();
    const check = await project.setup(["dev", "--check"], {});
    expect([check.status, check.questions, project.state()]).toEqual([0, [], before]);
    expect(check.calls).toContainEqual(
      "check-environment preflight environments/dev rg-okta8x8-dev northeurope subscription",
    );
    const refused = await project.setup(["dev", "--check"], {}, "check-environment preflight *");
    expect([refused.status, project.state()]).toEqual([1, before]);
  });
});

describe("hosts", () => {
  it("setup asks about hosts once, after the deployment and before the first secret", async () => {
    const project = createSetupProject();
    const { status, questions } = await project.setup(["dev"], dev);
    expect(status).toBe(0);
    const asked = questions.map((one) =>
      one.includes("Is this yours?") ? "hosts" : one.includes("(not shown)") ? "secret" : "",
    );
    expect(asked.filter(Boolean)).toEqual(["hosts", "secret"]);
  });
});

describe("the update strategy of a new production", () => {
  const prod = { ...productionAnswers, "for calls": "-", "Continue?": "n" };

  it.each([
    ["westus2", "RollingUpdate", "Updates replace the app's instances in batches, because "],
    ["westeurope", "Recreate", "Updates restart all instances at once, because "],
  ])("in %s, setup writes %s and says why", async (where, strategy, words) => {
    const project = createSetupProject();
    project.write("stand-in/azure/regions", "West Europe\nWest US 2\n");
    const run = await project.setup(["prod"], { ...prod, "Azure region": where });
    expect(values(project, "prod")).toContain(`\nparam updateStrategy = '${strategy}'\n`);
    expect(run.screen).toContain(words);
    expect(run.screen).toContain("on 2026-12-01");
  });

  it("setup does not change the strategy of an environment that exists", async () => {
    const project = createSetupProject();
    project.write("stand-in/azure/regions", "West US 2\n");
    await project.setup(["prod"], { ...prod, "Azure region": "westus2" });
    const file = "project/environments/prod/main.bicepparam";
    project.write(file, project.read(file).replace("'RollingUpdate'", "'Recreate'"));
    await project.setup(["prod"], { "Continue?": "n" });
    expect(project.read(file)).toContain("\nparam updateStrategy = 'Recreate'\n");
  });
});
