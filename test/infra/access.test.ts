import {
  all,
  at,
  bootstrap,
  bootstrapped,
  environments,
  main,
  type Resource,
  text,
} from "./snapshot.ts";

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
const roleNames: Readonly<Record<string, string>> = {
  "4633458b-17de-408a-b874-0445c86b69e6": "Key Vault Secrets User",
  "b7e6dc6d-f1e8-4753-8033-0f276bb0955b": "Storage Blob Data Owner",
  "3913510d-42f4-4e42-8a64-420c390055eb": "Monitoring Metrics Publisher",
  "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3": "Storage Table Data Contributor",
};
const builtIn: Readonly<Record<string, string>> = {
  ...roleNames,
  "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
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

describe.each(environments)("identity and roles of the app (%s)", (environment) => {
  it("main.bicep grants each role only to the app's identity, and only on one resource", () => {
    const assignments = all(main[environment], "Microsoft.Authorization/roleAssignments");
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
          principalId: `[reference('${subscription}/resourceGroups/rg-okta8x8-${environment}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-okta8x8-${environment}', '2024-11-30').principalId]`,
          principalType: "ServicePrincipal",
        },
      ]),
    );
  });
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

  it("the bootstrap assigns six roles to pipelines and people, all on the app's resource group", () => {
    const given = assignments.map((item) => [
      role(item, definitions),
      principal(text(item, "properties.principalId")),
      at(item, "properties.principalType"),
      scope(item),
    ]);
    const on = `/resourceGroups/rg-okta8x8-${environment}`;
    expect(given).toEqual([
      [named("Deployer"), "deployer", "ServicePrincipal", on],
      ["Role Based Access Control Administrator", "deployer", "ServicePrincipal", on],
      [named("Previewer"), "previewer", "ServicePrincipal", on],
      ...[named("Secrets writer"), "Monitoring Reader", "Key Vault Reader"].map((name) => [
        name,
        "11111111-1111-1111-1111-111111111111",
        "Group",
        on,
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

  it("the bootstrap lets the deployer grant only the app's four roles, and only to the app's identity", () => {
    const conditional = assignments.filter(
      (item) => at(item, "properties.condition") !== undefined,
    );
    expect(conditional.map((item) => role(item, definitions))).toEqual([
      "Role Based Access Control Administrator",
    ]);
    expect(at(conditional[0], "properties.conditionVersion")).toBe("2.0");
    const [, condition = "", placeholder = "", whose = ""] =
      /^\[replace\('([^]*)', '(\w+)', (.*)\)\]$/.exec(
        text(conditional[0], "properties.condition"),
      ) ?? [];
    expect(principal(whose)).toBe("app");
    const type = "Microsoft.Authorization/roleAssignments";
    const roles = Object.keys(roleNames).join(", ");
    const only = (action: string, attribute: string) =>
      `((!(ActionMatches{'${type}/${action}'})) OR (` +
      `@${attribute}[${type}:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${roles}} ` +
      `AND @${attribute}[${type}:PrincipalId] ForAnyOfAnyValues:GuidEquals {${placeholder}}))`;
    const oneLine = condition
      .replaceAll("''", "'")
      .replace(/\s+/g, " ")
      .replace(/\( /g, "(")
      .replace(/ \)/g, ")");
    expect(oneLine.trim()).toBe(`${only("write", "Request")} AND ${only("delete", "Resource")}`);
  });
});
