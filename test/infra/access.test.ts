import { all, at, bootstrap, bootstrapped, main, type Resource, text } from "./snapshot.ts";

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
const builtIn: Readonly<Record<string, string>> = {
  "4633458b-17de-408a-b874-0445c86b69e6": "Key Vault Secrets User",
  "b7e6dc6d-f1e8-4753-8033-0f276bb0955b": "Storage Blob Data Owner",
  "3913510d-42f4-4e42-8a64-420c390055eb": "Monitoring Metrics Publisher",
  "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3": "Storage Table Data Contributor",
  "43d0d8ad-25c7-4714-9337-8ba259a9fe05": "Monitoring Reader",
  "21090545-7ca7-4776-b22c-e363652d74d2": "Key Vault Reader",
};
const subscription = `/subscriptions/${"0".repeat(8)}-0000-0000-0000-${"0".repeat(12)}`;

function role(assignment: Resource, definitions: readonly Resource[] = []): string {
  const id = text(assignment, "properties.roleDefinitionId");
  const custom = definitions.find((definition) => definition.id === id);
  return custom ? text(custom, "properties.roleName") : (builtIn[id.split("/").at(-1) ?? ""] ?? id);
}

function scope(assignment: Resource): string {
  const [on = ""] = assignment.id.split("/providers/Microsoft.Authorization/");
  return /\/providers\/([^/]+\/[^/]+)/.exec(on)?.[1] ?? on.replace(subscription, "");
}

/** Returns the name of the identity or of its module. For a group, returns the group's id. */
function principal(expression: string): string {
  return (
    /userAssignedIdentities\/([\w-]+)'/.exec(expression)?.[1] ??
    /format\('(\w+)-\{0\}'.*\.outputs\.principalId\.value/.exec(expression)?.[1] ??
    expression
  );
}

describe("roles of the app", () => {
  it("main.bicep assigns the app of small each role only on one resource", () => {
    const assignments = all(main.small, "Microsoft.Authorization/roleAssignments");
    expect(assignments.map((item) => [role(item), scope(item), item["properties"]]).sort()).toEqual(
      [
        ["Key Vault Secrets User", "Microsoft.KeyVault/vaults"],
        ["Monitoring Metrics Publisher", "Microsoft.Insights/components"],
        ["Storage Blob Data Owner", "Microsoft.Storage/storageAccounts"],
      ].map(([name, on]) => [
        name,
        on,
        {
          roleDefinitionId: expect.stringContaining(
            `${subscription}/providers/Microsoft.Authorization/roleDefinitions/`,
          ) as string,
          principalId: `[reference('${subscription}/resourceGroups/rg-okta8x8-small/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-okta8x8-small', '2024-11-30').principalId]`,
          principalType: "ServicePrincipal",
        },
      ]),
    );
  });

  it.each(bootstrapped)(
    "main.bicep assigns no role in %s, which has a bootstrap",
    (environment) => {
      expect(all(main[environment], "Microsoft.Authorization/roleAssignments")).toEqual([]);
    },
  );
});

describe.each(bootstrapped)("identities and roles (%s)", (environment) => {
  const snapshot = bootstrap[environment];
  const group = `${subscription}/resourceGroups/rg-okta8x8-${environment}`;
  const definitions = all(snapshot, "Microsoft.Authorization/roleDefinitions");
  const assignments = all(snapshot, "Microsoft.Authorization/roleAssignments");
  const hash = /\((\w{13})\)$/.exec(text(definitions[0], "properties.roleName"))?.[1] ?? "";
  const named = (name: string) => `${name} of okta8x8-${environment} (${hash})`;

  it("for each pipeline identity, the bootstrap lets only jobs of one GitHub environment sign in", () => {
    const credentials = all(
      snapshot,
      "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
    );
    const runs = (of: string) => ({
      issuer: "https://token.actions.githubusercontent.com",
      subject: `repo:example@11111111/okta-8x8-telephony@11111111:environment:${of}`,
      audiences: ["api://AzureADTokenExchange"],
    });
    expect(credentials.map((item) => [item.name, item["properties"]])).toEqual([
      [`id-okta8x8-${environment}-deploy/github-${environment}`, runs(environment)],
      [
        `id-okta8x8-${environment}-preview/github-preview-${environment}`,
        runs(`preview-${environment}`),
      ],
    ]);
  });

  it("the bootstrap assigns nine roles to app, pipelines and people, all on the app's resource group", () => {
    const given = assignments.map((item) => [
      role(item, definitions),
      principal(text(item, "properties.principalId")),
      at(item, "properties.principalType"),
      scope(item),
      at(item, "properties.condition"),
    ]);
    const on = `/resourceGroups/rg-okta8x8-${environment}`;
    const to = (who: string, ...names: readonly string[]) =>
      names.map((name) => [name, who, "ServicePrincipal", on, undefined]);
    expect(given).toEqual([
      ...to("app", "Key Vault Secrets User", "Monitoring Metrics Publisher"),
      ...to("app", "Storage Blob Data Owner", "Storage Table Data Contributor"),
      ...to("deployer", named("Deployer")),
      ...to("previewer", named("Previewer")),
      ...[named("Secrets writer"), "Monitoring Reader", "Key Vault Reader"].map((name) => [
        name,
        "11111111-1111-1111-1111-111111111111",
        "Group",
        on,
        undefined,
      ]),
    ]);
  });

  it("the bootstrap adds a hash to the names of custom roles, which must be unique in the tenant", () => {
    expect(definitions.map((item) => text(item, "properties.roleName"))).toEqual(
      ["Deployer", "Previewer", "Secrets writer"].map(named),
    );
    expect(hash).not.toBe("");
    for (const definition of definitions)
      expect(at(definition, "properties.assignableScopes")).toEqual([group]);
  });
});
