// Compiles the bootstrap with parameters of these tests, not with those of the examples.
import { build, compileBootstrap, compileVariant, hasCompiler, snapshotText } from "./compiler.ts";
import { all, at, one, text, type Snapshot } from "./snapshot.ts";

const repository = (subject: string) =>
  `param gitHub = { owner: 'acme', ownerId: 4711, name: 'hook', id: 815, subject: '${subject}' }`;
const connections = `param azurePipelines = {
  deploy: { issuer: 'https://issuer.example', subject: 'sc://acme/hook/deploy-test' }
  preview: { issuer: 'https://issuer.example', subject: 'sc://acme/hook/preview-test' }
}`;

const bootstrap = (...choices: readonly string[]) => compileBootstrap(choices.join("\n"));

function credentials(snapshot: Snapshot): readonly unknown[] {
  return all(
    snapshot,
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
  ).map((item) => [item.name, item["properties"]]);
}

const audiences = ["api://AzureADTokenExchange"];
const gitHub = (subject: string) => ({
  issuer: "https://token.actions.githubusercontent.com",
  subject,
  audiences,
});
const connection = (name: string) => ({
  issuer: "https://issuer.example",
  subject: `sc://acme/hook/${name}`,
  audiences,
});

// Without a Bicep compiler, these tests are skipped, and compiler.programs.test.ts reports that.
(!hasCompiler ? describe.skip : describe)("parameters of the bootstrap", () => {
  it.each([
    ["ids", "repo:acme@4711/hook@815"],
    ["names", "repo:acme/hook"],
  ])(
    "the bootstrap trusts jobs whose tokens name the repository by its %s: %s",
    async (subject, says) => {
      expect(credentials(await bootstrap(repository(subject)))).toEqual([
        ["id-okta8x8-test-deploy/github-test", gitHub(`${says}:environment:test`)],
        ["id-okta8x8-test-preview/github-preview-test", gitHub(`${says}:environment:preview-test`)],
      ]);
    },
  );

  it("the bootstrap trusts the issuer in gitHub.issuer instead of GitHub's", async () => {
    const issuer = "https://token.actions.githubusercontent.com/acme";
    const snapshot = await bootstrap(repository("ids").replace(" }", `, issuer: '${issuer}' }`));
    const type = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";
    expect(all(snapshot, type).map((one) => text(one, "properties.issuer"))).toEqual([
      issuer,
      issuer,
    ]);
  });

  it("the bootstrap trusts service connections of Azure Pipelines, with and without a GitHub repository", async () => {
    const pair = [
      ["id-okta8x8-test-deploy/azure-pipelines", connection("deploy-test")],
      ["id-okta8x8-test-preview/azure-pipelines", connection("preview-test")],
    ];
    expect(credentials(await bootstrap(connections))).toEqual(pair);
    expect(credentials(await bootstrap(repository("ids"), connections))).toEqual([
      ["id-okta8x8-test-deploy/github-test", gitHub("repo:acme@4711/hook@815:environment:test")],
      pair[0],
      [
        "id-okta8x8-test-preview/github-preview-test",
        gitHub("repo:acme@4711/hook@815:environment:preview-test"),
      ],
      pair[1],
    ]);
  });

  it("the bootstrap creates only the app's resource group and identity by default", async () => {
    const { predictedResources, outputs } = await bootstrap();
    expect(predictedResources.map(({ type, name }) => [type, name])).toEqual([
      ["Microsoft.Resources/resourceGroups", "rg-okta8x8-test"],
      ["Microsoft.ManagedIdentity/userAssignedIdentities", "id-okta8x8-test"],
    ]);
    expect(outputs).toMatchObject({
      resourceGroupName: "rg-okta8x8-test",
      deployClientId: "",
      previewClientId: "",
    });
  });

  it("the bootstrap uses the resource groups in existingGroups, and creates none", async () => {
    const groups = "param existingGroups = { app: 'rg-acme-otp', pipeline: 'rg-acme-ci' }";
    const snapshot = await bootstrap(repository("ids"), groups);
    expect(all(snapshot, "Microsoft.Resources/resourceGroups")).toEqual([]);
    const homes = all(snapshot, "Microsoft.ManagedIdentity/userAssignedIdentities").map(
      ({ id, name }) => [name, /resourceGroups\/([^/]+)/.exec(id)?.[1]],
    );
    expect(homes).toEqual([
      ["id-okta8x8-test", "rg-acme-otp"],
      ["id-okta8x8-test-deploy", "rg-acme-ci"],
      ["id-okta8x8-test-preview", "rg-acme-ci"],
    ]);
    expect(snapshot.outputs["resourceGroupName"]).toBe("rg-acme-otp");
  });

  it("the bootstrap assigns the roles in existingRoles, and creates none", async () => {
    const group = "22222222-2222-2222-2222-222222222222";
    const names = ["deployer", "previewer", "secretsWriter"];
    const guid = (i: number) => `00000000-0000-0000-0000-00000000000${i}`;
    const roles = `param existingRoles = { ${names.map((name, i) => `${name}: '${guid(i)}'`).join(", ")} }`;
    const people = `param vaultOperatorsGroupId = '${group}'`;
    const snapshot = await bootstrap(repository("ids"), people, roles);
    expect(all(snapshot, "Microsoft.Authorization/roleDefinitions")).toEqual([]);
    const given = all(snapshot, "Microsoft.Authorization/roleAssignments").map((one) =>
      text(one, "properties.roleDefinitionId").split("/").at(-1),
    );
    expect(given).toEqual(expect.arrayContaining(names.map((_, i) => guid(i))));
  });

  it.each([
    ["existingIdentity", "param existingIdentity = { deployer: 'id-ci', previewer: 'ID-CI' }"],
    ["existingIdentity", "param existingIdentity = { previewer: 'id-okta8x8-test-deploy' }"],
    ["existingGroups", "param existingGroups = { app: 'rg-otp', pipeline: 'RG-otp' }"],
    ["existingGroups", "param existingGroups = { pipeline: 'rg-okta8x8-test' }"],
  ])("the bootstrap refuses two roles in one: %s", async (name, choice) => {
    await expect(bootstrap(repository("ids"), choice)).rejects.toThrow(`Set ${name}`);
    await bootstrap(choice);
  });

  it("the bootstrap uses the identities in existingIdentity, and creates no identity or credential", async () => {
    const made =
      "param existingIdentity = { app: 'id-app', deployer: 'id-deploys', previewer: 'id-previews' }";
    const snapshot = await bootstrap(repository("ids"), connections, made);
    expect(snapshot.predictedResources.filter(({ type }) => /ManagedIdentity/.test(type))).toEqual(
      [],
    );
    const { resources } = JSON.parse((await build("bootstrap/main.bicep")).contents ?? "") as {
      resources: Record<string, { properties: { parameters: object } }>;
    };
    for (const who of ["app", "deployer", "previewer"]) {
      const { name, exists } = (resources[who]?.properties.parameters ?? {}) as Record<
        string,
        { value: string }
      >;
      expect(name?.value).toContain(who === "app" ? "'existingIdentity'), 'app')" : `${who}Name`);
      expect(exists?.value).toBe(
        `[not(equals(tryGet(parameters('existingIdentity'), '${who}'), null()))]`,
      );
    }
  });

  it("the bootstrap locks the resources that main.bicep creates, or only those in lock.on", async () => {
    const made = await compileVariant("");
    const group = "param existingGroups = { app: 'rg-variant' }";
    const snapshot = await bootstrap(group, "param lock = { kind: 'CanNotDelete' }");
    const locks = all(snapshot, "Microsoft.Authorization/locks");
    expect(new Set(locks.map((lock) => text(lock, "properties.level")))).toEqual(
      new Set(["CanNotDelete"]),
    );
    const locked = [
      "Web/sites",
      "Storage/storageAccounts",
      "KeyVault/vaults",
      "OperationalInsights/workspaces",
    ].map((type) => one(made, `Microsoft.${type}`).id);
    expect(locks.map(({ id }) => id.split("/providers/Microsoft.Authorization/")[0])).toEqual(
      locked,
    );
    const fewer = await bootstrap("param lock = { kind: 'CanNotDelete', on: ['app', 'vault'] }");
    expect(all(fewer, "Microsoft.Authorization/locks")).toHaveLength(2);
  });

  it("the bootstrap creates two alerts on roles in the subscription, in the pipelines' group", async () => {
    const snapshot = await bootstrap(
      repository("ids"),
      "param accessAlertEmails = ['access@acme.test']",
    );
    const found = all(snapshot, "Microsoft.Insights/activityLogAlerts");
    const operations = found.map((alert) => at(alert, "properties.condition.allOf.1.equals"));
    expect(operations).toEqual(
      ["write", "delete"].map((act) => `Microsoft.Authorization/roleAssignments/${act}`),
    );
    for (const [i, alert] of found.entries()) {
      expect(alert.id).toContain("/resourceGroups/rg-okta8x8-test-pipeline/");
      expect(alert["properties"]).toMatchObject({
        enabled: true,
        scopes: ["/subscriptions/00000000-0000-0000-0000-000000000000"],
        // Azure accepts no anyOf in this condition, so each operation has its own rule.
        condition: {
          allOf: [
            { field: "category", equals: "Administrative" },
            { field: "operationName", equals: operations[i] },
            { field: "status", equals: "Succeeded" },
          ],
        },
      });
    }
    const mails = at(one(snapshot, "Microsoft.Insights/actionGroups"), "properties.emailReceivers");
    expect(mails).toEqual([
      { name: "mail-0", emailAddress: "access@acme.test", useCommonAlertSchema: true },
    ]);
  });

  const ones = `${"1".repeat(8)}-1111-1111-1111-${"1".repeat(12)}`;
  it.each([
    [
      "an e-mail address at example.com",
      "param accessAlertEmails = ['a@example.com']",
      "accessAlertEmails",
    ],
    [
      "the repository owner named example",
      repository("ids").replace("'acme'", "'example'"),
      "gitHub",
    ],
    [
      "a vaultOperatorsGroupId of only ones",
      `param vaultOperatorsGroupId = '${ones}'`,
      "vaultOperatorsGroupId",
    ],
    [
      "a service connection with an id of only ones",
      connections.replace("acme", ones),
      "azurePipelines",
    ],
  ])(
    "the bootstrap refuses %s, and its error names the parameter to set",
    async (_, choices, names) => {
      await expect(bootstrap(choices)).rejects.toThrow(
        `Set ${names} in the bootstrap's parameters to `,
      );
    },
  );

  it.each(["dev", "prod", "dr"])(
    "the bootstrap refuses the example values of %s",
    async (environment) => {
      const compiled = snapshotText(
        `environments/examples/${environment}/bootstrap.bicepparam`,
        null,
        {
          placeholders: "unset",
        },
      );
      await expect(compiled).rejects.toThrow("Set gitHub in the bootstrap's parameters to ");
    },
  );
});
