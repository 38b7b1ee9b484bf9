import { answers, apiKey, createSetupProject, type SetupProject, type SetupRun } from "./setup-project.ts";

jest.setTimeout(120_000);

let project: SetupProject;
let run: SetupRun;
const created = (what: string) => run.calls.filter((call) => call.startsWith(what));

// All that an earlier run has made is there, and none of it is as it should be.
beforeAll(async () => {
  project = createSetupProject();
  await project.setup(["dev"], answers);
  project.write("stand-in/azure/deployments/sub/okta-8x8-telephony-bootstrap-dev/state", "Failed\n");
  project.write("stand-in/azure/deployments/rg-okta8x8-dev/okta-8x8-telephony/state", "Failed\n");
  project.write("stand-in/azure/versions/kv-dev/eight-by-eight-api-key", "false\n");
  const scope =
    "/subscriptions/subscription-id/resourceGroups/rg-okta8x8-dev/providers/Microsoft.KeyVault/vaults/kv-dev";
  const note = "scripts/setup.sh, for one run";
  project.write("stand-in/azure/roles/left-behind", `Key Vault Secrets Officer\t${scope}\t${note}\n`);
  project.write("stand-in/github/environments/dev/branches-by-name", "false\n");
  project.write("stand-in/github/environments/dev/branches", "");
  run = await project.setup(["dev"], { "8x8 API key": `${apiKey}-again`, "Go on?": "y" });
});
afterAll(() => {
  project.remove();
});

it("a deployment that failed is made again", () => {
  expect([run.status, created("az deployment sub create"), created("az deployment group create")]).toEqual([
    0,
    [expect.anything()],
    [expect.anything()],
  ]);
});

it("a secret that is disabled is asked for and stored again, and no other", () => {
  expect(project.secret("dev", "eight-by-eight-api-key")).toBe(`${apiKey}-again`);
  expect(created("az keyvault secret set ")).toHaveLength(1);
});

it("a role that a killed run left behind is used and taken back", () => {
  expect([created("az role assignment create"), project.roles()]).toEqual([[], []]);
  expect(run.screen).toContain("Your role in kv-dev is taken back.\n");
});

it("an environment of GitHub that other branches may use is for main again", () => {
  expect(created("gh api --method PUT repos/octo-org/telephony/environments/dev ")).toHaveLength(1);
  expect(created("gh api --method PUT repos/octo-org/telephony/environments/preview-dev ")).toEqual([]);
  const environment = "stand-in/github/environments/dev";
  expect([project.read(`${environment}/branches-by-name`), project.read(`${environment}/branches`)]).toEqual([
    "true\n",
    "main\n",
  ]);
});
