import { build, compileBootstrap, compileVariant, hasCompiler } from "./compiler.ts";
import { all, one, type Snapshot, text } from "./snapshot.ts";

const repository = (more = "") =>
  `param gitHub = { owner: 'acme', ownerId: 4711, name: 'hook', id: 815, subject: 'names'${more} }`;
const connections = `param azurePipelines = {
  deploy: { issuer: 'https://issuer.example', subject: 'sc://acme/hook/deploy-test' }
  preview: { issuer: 'https://issuer.example', subject: 'sc://acme/hook/preview-test' }
}`;
const bootstrap = (...choices: readonly string[]) => compileBootstrap(choices.join("\n"));

const anyName = expect.any(String) as string;
const identities = "Microsoft.ManagedIdentity/userAssignedIdentities";
const credentials = (snapshot: Snapshot) =>
  all(snapshot, `${identities}/federatedIdentityCredentials`).map((item) => [
    item.name,
    text(item, "properties.issuer"),
    text(item, "properties.subject"),
  ]);

(!hasCompiler ? describe.skip : describe)("parameters of the bootstrap", () => {
  const ofConnections = ["deploy", "preview"].map((who) => [
    `id-okta8x8-test-${who}/azure-pipelines`,
    "https://issuer.example",
    `sc://acme/hook/${who}-test`,
  ]);

  it("the bootstrap trusts service connections, and GitHub jobs with names in the subject and a custom issuer", async () => {
    const issuer = "https://token.actions.githubusercontent.com/acme";
    const snapshot = await bootstrap(repository(`, issuer: '${issuer}'`), connections);
    const subject = (of: string) => `repo:acme/hook:environment:${of}`;
    expect(credentials(snapshot)).toEqual([
      ["id-okta8x8-test-deploy/github-test", issuer, subject("test")],
      ofConnections[0],
      ["id-okta8x8-test-preview/github-preview-test", issuer, subject("preview-test")],
      ofConnections[1],
    ]);
  });

  it("the bootstrap can trust only the jobs of one reusable workflow", async () => {
    const workflow = "octo-org/product/.github/workflows/deploy.yml@0a1b";
    const snapshot = await bootstrap(repository(`, workflow: '${workflow}'`));
    expect(credentials(snapshot).map(([, , subject]) => subject)).toEqual(
      ["test", "preview-test"].map(
        (of) => `repo:acme/hook:environment:${of}:job_workflow_ref:${workflow}`,
      ),
    );
  });

  it("without a GitHub repository, the bootstrap trusts only service connections of Azure Pipelines", async () => {
    expect(credentials(await bootstrap(connections))).toEqual(ofConnections);
  });

  it("by default, the bootstrap creates only the app's resource group and identity with its roles", async () => {
    const { predictedResources, outputs } = await bootstrap();
    expect(predictedResources.map(({ type, name }) => [type, name])).toEqual([
      ["Microsoft.Resources/resourceGroups", "rg-okta8x8-test"],
      [identities, "id-okta8x8-test"],
      ...Array.from({ length: 4 }, () => ["Microsoft.Authorization/roleAssignments", anyName]),
    ]);
    expect(outputs).toMatchObject({ deployClientId: "", previewClientId: "" });
  });

  it("the bootstrap uses the given groups and roles, and creates no group or role", async () => {
    const names = ["deployer", "previewer", "secretsWriter"];
    const guid = (i: number) => `00000000-0000-0000-0000-00000000000${i}`;
    const snapshot = await bootstrap(
      repository(),
      "param existingGroups = { app: 'rg-acme-otp', pipeline: 'rg-acme-ci' }",
      "param vaultOperatorsGroupId = '22222222-2222-2222-2222-222222222222'",
      `param existingRoles = { ${names.map((name, i) => `${name}: '${guid(i)}'`).join(", ")} }`,
    );
    for (const type of ["Resources/resourceGroups", "Authorization/roleDefinitions"])
      expect(all(snapshot, `Microsoft.${type}`)).toEqual([]);
    const homes = all(snapshot, identities).map(
      ({ id }) => /resourceGroups\/([^/]+)/.exec(id)?.[1],
    );
    expect(homes).toEqual(["rg-acme-otp", "rg-acme-ci", "rg-acme-ci"]);
    expect(snapshot.outputs["resourceGroupName"]).toBe("rg-acme-otp");
    const given = all(snapshot, "Microsoft.Authorization/roleAssignments").map((it) =>
      text(it, "properties.roleDefinitionId").split("/").at(-1),
    );
    expect(given).toEqual(expect.arrayContaining(names.map((_, i) => guid(i))));
  });

  it("the bootstrap uses existing identities, and creates no identity or credential", async () => {
    const made =
      "param existingIdentity = { app: 'id-app', deployer: 'id-deploys', previewer: 'id-previews' }";
    const snapshot = await bootstrap(repository(), connections, made);
    expect(snapshot.predictedResources.filter(({ type }) => /ManagedIdentity/.test(type))).toEqual(
      [],
    );
    // A snapshot does not show the names of existing resources, but the compiled template does.
    const { resources } = JSON.parse((await build("bootstrap/main.bicep")).contents ?? "") as {
      resources: Record<string, { properties: { parameters: Record<string, { value: string }> } }>;
    };
    for (const who of ["app", "deployer", "previewer"]) {
      const { name, exists } = resources[who]?.properties.parameters ?? {};
      expect(name?.value).toContain(who === "app" ? "appIdentityName" : `${who}Name`);
      expect(exists?.value).toBe(
        `[not(equals(tryGet(parameters('existingIdentity'), '${who}'), null()))]`,
      );
    }
  });

  it("the bootstrap locks the resources that main.bicep creates, or only those in lock.on", async () => {
    const made = await compileVariant("");
    const group = "param existingGroups = { app: 'rg-variant' }";
    const locks = async (lock: string) =>
      all(await bootstrap(group, `param lock = ${lock}`), "Microsoft.Authorization/locks").map(
        (it) => [
          it.id.split("/providers/Microsoft.Authorization/")[0],
          text(it, "properties.level"),
        ],
      );
    const wanted = [
      ...["Web/sites", "Storage/storageAccounts", "KeyVault/vaults"],
      "OperationalInsights/workspaces",
    ].map((type) => [one(made, `Microsoft.${type}`).id, "CanNotDelete"]);
    expect(await locks("{ kind: 'CanNotDelete' }")).toEqual(wanted);
    expect(await locks("{ kind: 'CanNotDelete', on: ['app'] }")).toEqual([wanted[0]]);
    const [other] = await locks(
      "{ kind: 'CanNotDelete', on: ['workspace'], workspaceName: 'log-2' }",
    );
    expect(other?.[0]).toMatch(/\/workspaces\/log-2$/);
  });
});
