import { all, at, bootstrap, environments, list, main, one, type Resource, text } from "./snapshot.ts";

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
const roleNames: Readonly<Record<string, string>> = {
  "4633458b-17de-408a-b874-0445c86b69e6": "Key Vault Secrets User",
  "b7e6dc6d-f1e8-4753-8033-0f276bb0955b": "Storage Blob Data Owner",
  "3913510d-42f4-4e42-8a64-420c390055eb": "Monitoring Metrics Publisher",
  "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
  "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
  "b86a8fe4-44ce-4948-aee5-eccb2c155cd7": "Key Vault Secrets Officer",
};
const appRoles = ["Key Vault Secrets User", "Storage Blob Data Owner", "Monitoring Metrics Publisher"];

function role(assignment: Resource): string {
  const id = text(assignment, "properties.roleDefinitionId").split("/").at(-1) ?? "";
  return roleNames[id] ?? id;
}

/** The type of the resource that the role is given on. */
function scope(assignment: Resource): string {
  const [on = ""] = assignment.id.split("/providers/Microsoft.Authorization/");
  return /\/providers\/([^/]+\/[^/]+)/.exec(on)?.[1] ?? "resource group";
}

describe.each(environments)("who may what (%s)", (environment) => {
  const assignments = all(main[environment], "Microsoft.Authorization/roleAssignments");

  it("gives the app's identity three roles, each on one resource, and nobody anything else", () => {
    expect(assignments.map((item) => `${role(item)} on ${scope(item)}`).sort()).toEqual([
      "Key Vault Secrets User on Microsoft.KeyVault/vaults",
      "Monitoring Metrics Publisher on Microsoft.Insights/components",
      "Storage Blob Data Owner on Microsoft.Storage/storageAccounts",
    ]);
    for (const assignment of assignments) {
      expect(at(assignment, "properties.principalType")).toBe("ServicePrincipal");
      expect(text(assignment, "properties.principalId")).toMatch(/identity.*outputs\.principalId/);
    }
  });

  it("opens neither storage nor telemetry to keys", () => {
    const [account] = all(main[environment], "Microsoft.Storage/storageAccounts");
    const [insights] = all(main[environment], "Microsoft.Insights/components");
    const [workspace] = all(main[environment], "Microsoft.OperationalInsights/workspaces");
    expect(at(account, "properties.allowSharedKeyAccess")).toBe(false);
    expect(at(insights, "properties.DisableLocalAuth")).toBe(true);
    expect(at(workspace, "properties.features.disableLocalAuth")).toBe(true);
  });
});

describe.each(environments)("the pipelines' identities (%s)", (environment) => {
  const snapshot = bootstrap[environment];
  const assignments = all(snapshot, "Microsoft.Authorization/roleAssignments");
  const credentials = all(snapshot, "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials");

  it("get roles on the app's resource group alone, and so does the group that seeds secrets, if there is one", () => {
    const definition = one(snapshot, "Microsoft.Authorization/roleDefinitions");
    const toGroups = assignments.filter((item) => text(item, "properties.principalType") === "Group");
    expect(
      assignments
        .filter((item) => !toGroups.includes(item))
        .map(role)
        .sort(),
    ).toEqual(["Contributor", "Role Based Access Control Administrator", definition.name].sort());
    expect(["", "Key Vault Secrets Officer"]).toContain(toGroups.map(role).join());
    for (const { id } of [definition, ...assignments])
      expect(id).toMatch(new RegExp(`/resourceGroups/rg-okta8x8-${environment}/providers/Microsoft.Authorization/`));
  });

  it("let the deployer give away the app's three roles and no other", () => {
    const condition = text(
      assignments.find((item) => role(item) === "Role Based Access Control Administrator"),
      "properties.condition",
    );
    const ids = Object.keys(roleNames).filter((id) => appRoles.includes(roleNames[id] ?? ""));
    const type = "Microsoft.Authorization/roleAssignments";
    const only = (action: string, attribute: string) =>
      `((!(ActionMatches{'${type}/${action}'})) OR (` +
      `@${attribute}[${type}:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${ids.join(", ")}} AND ` +
      `@${attribute}[${type}:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}))`;
    expect(condition).toBe(`${only("write", "Request")} AND ${only("delete", "Resource")}`);
  });

  it("let the previewer read, validate and preview, and change nothing", () => {
    const definition = one(snapshot, "Microsoft.Authorization/roleDefinitions");
    expect(list(definition, "properties.permissions")).toEqual([
      {
        actions: [
          "*/read",
          "Microsoft.Resources/deployments/validate/action",
          "Microsoft.Resources/deployments/whatIf/action",
        ],
        notActions: [],
        dataActions: [],
        notDataActions: [],
      },
    ]);
    expect(at(definition, "properties.assignableScopes")).toEqual([
      `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-okta8x8-${environment}`,
    ]);
  });

  it("are taken by one environment's runs only, without a password, and live where the deployer may not write", () => {
    for (const [identity, prefix] of [
      [`id-okta8x8-${environment}-deploy`, ["", "deploy-"]],
      [`id-okta8x8-${environment}-preview`, ["preview-", "preview-"]],
    ] as const) {
      const subjects = credentials
        .filter(({ name }) => name.startsWith(`${identity}/`))
        .map((item) => text(item, "properties.subject"));
      expect(subjects).not.toEqual([]);
      const [github, connection] = prefix.map((part) => `${part}${environment}`);
      // Azure Pipelines signs the service connection's name, or, newer, ids alone.
      const narrow = new RegExp(
        `^(repo:[^:]+:environment:${github}|sc://[^/]+/[^/]+/${connection}|/eid1/c/pub/t/[^/]+/a/[^/]+/sc/[^/]+/[^/]+)$`,
      );
      expect(subjects.filter((subject) => !narrow.test(subject))).toEqual([]);
    }
    for (const { id } of credentials) expect(id).toContain(`/resourceGroups/rg-okta8x8-${environment}-pipeline/`);
  });
});
