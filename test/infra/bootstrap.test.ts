// What the bootstrap makes of its parameters, whatever the environments' own files choose.
import { isExample } from "./chosen.ts";
import { compileBootstrap, hasCompiler, snapshotText } from "./compiler.ts";
import { all, at, environments, type Snapshot } from "./snapshot.ts";

const repository = (subject: string) =>
  `param gitHub = { owner: 'acme', ownerId: 4711, name: 'hook', id: 815, subject: '${subject}' }`;
const connections = `param azurePipelines = {
  deploy: { issuer: 'https://issuer.example', subject: 'sc://acme/hook/deploy-test' }
  preview: { issuer: 'https://issuer.example', subject: 'sc://acme/hook/preview-test' }
}`;

const bootstrap = (...choices: readonly string[]) => compileBootstrap(choices.join("\n"));

function credentials(snapshot: Snapshot): readonly unknown[] {
  return all(snapshot, "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials").map((item) => [
    item.name,
    item["properties"],
  ]);
}

const audiences = ["api://AzureADTokenExchange"];
const gitHub = (subject: string) => ({ issuer: "https://token.actions.githubusercontent.com", subject, audiences });
const connection = (name: string) => ({
  issuer: "https://issuer.example",
  subject: `sc://acme/hook/${name}`,
  audiences,
});

// compiler.test.ts says that there is none, or fails.
(!hasCompiler ? describe.skip : describe)("the bootstrap", () => {
  it.each([
    ["ids", "repo:acme@4711/hook@815"],
    ["names", "repo:acme/hook"],
  ])("knows a repository by its %s, as GitHub's tokens say it: %s", async (subject, says) => {
    expect(credentials(await bootstrap(repository(subject)))).toEqual([
      ["id-okta8x8-test-deploy/github-test", gitHub(`${says}:environment:test`)],
      ["id-okta8x8-test-preview/github-preview-test", gitHub(`${says}:environment:preview-test`)],
    ]);
  });

  it("takes an enterprise's own issuer", async () => {
    const issuer = "https://token.actions.githubusercontent.com/acme";
    const own = repository("ids").replace(" }", `, issuer: '${issuer}' }`);
    expect(credentials(await bootstrap(own)).map((item) => at(item, "1.issuer"))).toEqual([issuer, issuer]);
  });

  it("knows Azure Pipelines' connections, alone or beside GitHub", async () => {
    const pair = [
      ["id-okta8x8-test-deploy/azure-pipelines", connection("deploy-test")],
      ["id-okta8x8-test-preview/azure-pipelines", connection("preview-test")],
    ];
    expect(credentials(await bootstrap(connections))).toEqual(pair);
    expect(credentials(await bootstrap(repository("ids"), connections))).toEqual([
      ["id-okta8x8-test-deploy/github-test", gitHub("repo:acme@4711/hook@815:environment:test")],
      pair[0],
      ["id-okta8x8-test-preview/github-preview-test", gitHub("repo:acme@4711/hook@815:environment:preview-test")],
      pair[1],
    ]);
  });

  it("makes nothing but the app's group and identity where there are neither pipelines nor groups of people", async () => {
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

  it.each([
    [
      "the owner example",
      "param gitHub = { owner: 'example', ownerId: 1, name: 'hook', id: 2, subject: 'ids' }",
      "gitHub",
    ],
    [
      "an id of ones",
      "param gitHub = { owner: 'acme', ownerId: 11111111, name: 'hook', id: 2, subject: 'ids' }",
      "gitHub",
    ],
    [
      "an id of ones",
      "param gitHub = { owner: 'acme', ownerId: 1, name: 'hook', id: 11111111, subject: 'ids' }",
      "gitHub",
    ],
    [
      "a group of ones",
      `param vaultOperatorsGroupId = '${"1".repeat(8)}-1111-1111-1111-${"1".repeat(12)}'`,
      "vaultOperatorsGroupId",
    ],
    ["a group of ones", `param onCallGroupId = '${"1".repeat(8)}-1111-1111-1111-${"1".repeat(12)}'`, "onCallGroupId"],
    [
      "a connection of ones",
      connections.replace("acme", `${"1".repeat(8)}-1111-1111-1111-${"1".repeat(12)}`),
      "azurePipelines",
    ],
  ])("refuses %s and says what to set: %s", async (_, choices, names) => {
    await expect(bootstrap(choices)).rejects.toThrow(`Set ${names} in the bootstrap's parameters to `);
  });

  it.each(environments)("is refused for %s as it is committed, until somebody has set it up", async (environment) => {
    const compiled = snapshotText(`bootstrap/main.${environment}.bicepparam`, null, { placeholders: "unset" });
    if (isExample(environment)) await expect(compiled).rejects.toThrow("Set gitHub in the bootstrap's parameters to ");
    else await compiled;
  });
});
