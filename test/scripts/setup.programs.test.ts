import { answers, apiKey, createSetupProject, type SetupRun, installed } from "./setup-project.ts";

/** Calls that change something in Azure, on GitHub or on this machine. */
const changes = /create|set |delete |PUT|POST|config-zip|register|npm ci|run package/;

const project = createSetupProject();

const secret = (name: string) => project.secret("dev", name);
const files = (pattern: RegExp) =>
  Object.entries(project.state()).filter(([file]) => pattern.test(file));

describe("the first run", () => {
  let before: string;
  let run: SetupRun;
  beforeAll(async () => {
    before = project.read(`project/${installed}/infra/environments/examples/dev/main.bicepparam`);
    run = await project.setup(["dev"], answers);
  });

  it("setup writes the answers into the environment's folder, and keeps the example's other values", () => {
    expect(run.status).toBe(0);
    const values = project.read("project/environments/dev/main.bicepparam").split("\n");
    expect(values).toEqual(
      expect.arrayContaining([
        "using '../../node_modules/okta-8x8-telephony/infra/main.bicep'",
        "  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'octo_otp'",
        "  EIGHT_BY_EIGHT_SMS_SENDER: 'Octo'",
        ...before.split("\n").filter((line) => !/SUBACCOUNT|^using/.test(line)),
      ]),
    );
    expect(values.join("\n")).not.toContain("identity-team");
    const grants = project.read("project/environments/dev/bootstrap.bicepparam");
    expect(grants).not.toContain("identity-team");
    expect(grants).toContain("\nparam accessAlertEmails = ['octo@octo.org']\n");
  });

  it("setup creates two GitHub environments with their variables, and limits the environment dev to the branch main", () => {
    const variables = (name: string, client: string) => ({
      [`environments/${name}/variables/AZURE_CLIENT_ID`]: `client-of-properties.outputs.${client}.value`,
      [`environments/${name}/variables/AZURE_SUBSCRIPTION_ID`]: "subscription-id",
      [`environments/${name}/variables/AZURE_TENANT_ID`]: "tenant-id",
      [`environments/${name}/variables/RESOURCE_GROUP`]: "rg-okta8x8-dev",
      [`environments/${name}/variables/TRUSTED_HOSTS`]: "func-dev.azurewebsites.net",
    });
    const github = files(/github\/(environments|variables)/).map(([file, text]) => [
      file.replace("stand-in/github/", ""),
      text.trim(),
    ]);
    expect(Object.fromEntries(github)).toEqual({
      "environments/dev/branches": "main",
      "environments/dev/branches-by-name": "true",
      "environments/dev/reviewers": "",
      "environments/dev/self-review": "allowed",
      "environments/preview-dev/branches-by-name": "false",
      "environments/preview-dev/reviewers": "",
      "environments/preview-dev/self-review": "allowed",
      ...variables("dev", "deployClientId"),
      ...variables("preview-dev", "previewClientId"),
    });
  });

  it("setup takes a role in the vault, stores three secrets with it, and removes the role", () => {
    expect(files(/azure\/secrets\//)).toHaveLength(3);
    expect(secret("eight-by-eight-api-key")).toBe(apiKey);
    for (const name of ["okta-hook-secret", "phone-hash-key"])
      expect(secret(name)).toMatch(/^[\da-f]{64}$/);
    expect(secret("okta-hook-secret")).not.toBe(secret("phone-hash-key"));
    expect(run.calls.filter((call) => /role assignment (create|delete)/.test(call))).toEqual([
      expect.stringMatching(
        /create .*--role Key Vault Secrets Officer --scope \/.*\/vaults\/kv-dev /,
      ),
      expect.stringMatching(/^az role assignment delete --ids .*roleAssignments\/assignment-/),
    ]);
    expect(run.screen).toMatch(
      /Setup gives you the role .*\n[^]*Setup has removed your role in kv-dev\.\n/,
    );
    expect(project.roles()).toEqual([]);
  });

  it("setup shows the hook secret once, shows no other secret, and leaves no secret in a file", () => {
    expect(run.screen.split(secret("okta-hook-secret"))).toHaveLength(2);
    expect(run.screen).toContain(`  Authentication secret  ${secret("okta-hook-secret")}`);
    for (const name of ["eight-by-eight-api-key", "phone-hash-key"])
      expect(run.screen).not.toContain(secret(name));
    expect(run.environment).toContain("STAND_IN=");
    // The secrets are only in the files that stand for the vault.
    for (const name of ["okta-hook-secret", "eight-by-eight-api-key"])
      expect(project.holders(secret(name))).toEqual([`stand-in/azure/secrets/kv-dev/${name}`]);
  });

  it("setup commits and pushes only the environment's folder and what init writes", () => {
    const [subject, , ...changed] = project
      .git("show", "--format=%s", "--name-only", "origin/main")
      .trim()
      .split("\n");
    expect(subject).toBe("chore: the values of dev");
    expect(changed).toEqual([
      ".github/workflows/okta-8x8-telephony-okta.yml",
      ".github/workflows/okta-8x8-telephony.yml",
      ".gitignore",
      ...["bootstrap.bicepparam", "main.bicepparam", "pipeline.json"].map(
        (name) => `environments/dev/${name}`,
      ),
      "package.json",
    ]);
    expect(project.git("status", "--porcelain")).toBe("");
  });

  describe("runs after it", () => {
    it("setup's second run changes nothing, asks for no secret, and reports every step as done", async () => {
      const state = project.state();
      for (const name of ["main", "bootstrap"]) {
        const file = `project/environments/dev/${name}.bicepparam`;
        project.write(file, project.read(file));
      }
      const second = await project.setup(["dev"], { "Continue?": "y" });
      expect([second.status, project.state()]).toEqual([0, state]);
      // BICEP is set, so setup does not install a compiler.
      expect(second.calls.filter((call) => changes.test(call) || /bicep/.test(call))).toEqual([]);
      expect(second.screen).not.toContain("(not shown)");
      expect(second.screen.match(/^Done before: /gm)).toHaveLength(10);
      expect(second.screen).toMatch(
        /Authentication secret {2}the hook secret in the vault\. .*npx --no okta-8x8-telephony seed-secrets kv-dev hook-secret/,
      );
      for (const offered of ["https://sms.8x8.com", "octo_otp", "Octo"])
        expect(second.screen).toContain(` [${offered}]: \n`);
    });

    it("setup's later run repairs failed deployments, a disabled secret and branch rules, and changes nothing else", async () => {
      for (const deployment of [
        "sub/okta-8x8-telephony-bootstrap-dev-westeurope",
        "rg-okta8x8-dev/okta-8x8-telephony",
      ])
        project.write(`stand-in/azure/deployments/${deployment}/state`, "Failed\n");
      project.write("stand-in/azure/versions/kv-dev/eight-by-eight-api-key", "false\n");
      const group = "/subscriptions/subscription-id/resourceGroups/rg-okta8x8-dev";
      const right = `Key Vault Secrets Officer\t${group}/providers/Microsoft.KeyVault/vaults/kv-dev`;
      project.write(
        "stand-in/azure/roles/left-behind",
        `${right}\tokta-8x8-telephony setup, for one run\n`,
      );
      const gitHub = "stand-in/github/environments/dev";
      project.write(`${gitHub}/branches-by-name`, "false\n");
      project.write(`${gitHub}/branches`, "");
      const { status, screen, calls } = await project.setup(["dev"], {
        "8x8 API key": `${apiKey}-again`,
        "Continue?": "y",
      });
      expect([status, secret("eight-by-eight-api-key"), project.roles()]).toEqual([
        0,
        `${apiKey}-again`,
        [],
      ]);
      // Setup has used and removed the role that an interrupted run left behind.
      expect(screen).toContain("Setup has removed your role in kv-dev.\n");
      expect(
        calls.filter((call) =>
          /(sub|group|assignment) create|secret set |PUT|config-zip/.test(call),
        ),
      ).toEqual([
        expect.stringMatching(/^az deployment sub create /),
        expect.stringMatching(
          /^gh api --method PUT repos\/octo-org\/telephony\/environments\/dev /,
        ),
        expect.stringMatching(/^az deployment group create /),
        expect.stringMatching(/^az keyvault secret set .*eight-by-eight-api-key/),
      ]);
      expect(
        [`${gitHub}/branches-by-name`, `${gitHub}/branches`].map((file) => project.read(file)),
      ).toEqual(["true\n", "main\n"]);
    });
  });
});
