// Compares all permissions, because the roles decide who can read secrets, keys and logs.
import { operations } from "./operations.ts";
import {
  all,
  bootstrap,
  bootstrapped,
  environments,
  list,
  main,
  type Resource,
  text,
} from "./snapshot.ts";

interface Permissions {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

function permissionsOf(environment: (typeof bootstrapped)[number], name: string): Permissions {
  const definitions: readonly Resource[] = all(
    bootstrap[environment],
    "Microsoft.Authorization/roleDefinitions",
  );
  const found = definitions.filter((definition) =>
    text(definition, "properties.roleName").startsWith(`${name} `),
  );
  const permissions = found.flatMap((definition) => list(definition, "properties.permissions"));
  expect(permissions).toHaveLength(1);
  return permissions[0] as Permissions;
}

/** As in Azure, a star matches any text, case is ignored, and notActions are excluded. */
function allows({ actions, notActions }: Permissions, action: string): boolean {
  const matches = (pattern: string) =>
    new RegExp(`^${pattern.replace(/[.]/g, "\\.").replaceAll("*", ".*")}$`, "i").test(action);
  return actions.some(matches) && !notActions.some(matches);
}

const none = { notActions: [], dataActions: [], notDataActions: [] };
describe.each(bootstrapped)("roles of the pipelines (%s)", (environment) => {
  const role = permissionsOf(environment, "Deployer");
  const types = [...new Set(main[environment].predictedResources.map(({ type }) => type))].filter(
    (type) => type !== "Microsoft.Authorization/roleAssignments",
  );

  it("the deployer's role has exactly the expected actions and notActions", () => {
    expect(role).toEqual({
      actions: [
        "*/read",
        "Microsoft.AlertsManagement/*",
        "Microsoft.Insights/*",
        "Microsoft.KeyVault/vaults/*",
        "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
        "Microsoft.Network/*",
        "Microsoft.OperationalInsights/workspaces/*",
        "Microsoft.Resources/deployments/*",
        "Microsoft.Storage/storageAccounts/*",
        "Microsoft.Web/*",
      ],
      notActions: [
        "Microsoft.KeyVault/vaults/secrets/*",
        "Microsoft.KeyVault/vaults/deploy/action",
        "Microsoft.KeyVault/vaults/accessPolicies/*",
        "Microsoft.KeyVault/vaults/delete",
        "Microsoft.Insights/components/delete",
        "Microsoft.Insights/components/purge/action",
        "Microsoft.OperationalInsights/workspaces/delete",
        "Microsoft.OperationalInsights/workspaces/purge/action",
        "Microsoft.OperationalInsights/workspaces/tables/delete",
        "Microsoft.OperationalInsights/workspaces/tables/deleteData/action",
        "Microsoft.Storage/storageAccounts/listKeys/action",
        "Microsoft.Storage/storageAccounts/regenerateKey/action",
        "Microsoft.Storage/storageAccounts/rotateKey/action",
        "Microsoft.Storage/storageAccounts/listAccountSas/action",
        "Microsoft.Storage/storageAccounts/listServiceSas/action",
        "Microsoft.Storage/storageAccounts/localUsers/*",
        "Microsoft.Web/sites/publishxml/*",
        "Microsoft.Web/sites/config/list/action",
        "Microsoft.Web/sites/functions/keys/*",
        "Microsoft.Web/sites/functions/listkeys/action",
        "Microsoft.Web/sites/functions/listsecrets/action",
        "Microsoft.Web/sites/host/functionkeys/*",
        "Microsoft.Web/sites/host/systemkeys/*",
        "Microsoft.Web/sites/hostruntime/*",
      ],
      dataActions: [],
      notDataActions: [],
    });
  });

  it("the deployer can read and write every type of resource in main.bicep, except role assignments", () => {
    const needed = types.flatMap((type) => [`${type}/read`, `${type}/write`]);
    expect(needed.filter((action) => !allows(role, action))).toEqual([]);
  });
});

describe.each(bootstrapped)("role of the previewer (%s)", (environment) => {
  const role = permissionsOf(environment, "Previewer");

  it("the previewer can read every type of resource in the templates, and change nothing", () => {
    const { actions, ...rest } = role;
    expect(rest).toEqual(none);
    const types = new Set(
      environments
        .flatMap((name) => main[name].predictedResources)
        .map(({ type }) => `${type}/read`),
    );
    for (const type of ["tableServices", "tableServices/tables"])
      types.add(`Microsoft.Storage/storageAccounts/${type}/read`);
    types.add("Microsoft.ManagedIdentity/userAssignedIdentities/read");
    expect([...types].filter((action) => !allows(role, action))).toEqual([]);
    const needed = [...types].map((action) => action.toLowerCase());
    expect(actions.filter((action) => !needed.includes(action.toLowerCase()))).toEqual([
      "Microsoft.Authorization/*/read",
      "Microsoft.Network/*/read",
      "Microsoft.Resources/*/read",
      "Microsoft.Resources/deployments/validate/action",
      "Microsoft.Resources/deployments/whatIf/action",
    ]);
  });
});

describe.each(bootstrapped)("people's roles (%s)", (environment) => {
  it("secrets writers can write secrets and list versions, but not read a value", () => {
    expect(permissionsOf(environment, "Secrets writer")).toEqual({
      actions: [
        "Microsoft.KeyVault/vaults/read",
        "Microsoft.Resources/deployments/read",
        "Microsoft.Resources/subscriptions/resourceGroups/read",
      ],
      notActions: [],
      dataActions: [
        "Microsoft.KeyVault/vaults/secrets/setSecret/action",
        "Microsoft.KeyVault/vaults/secrets/update/action",
        "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
      ],
      notDataActions: [],
    });
  });
});

it.each(bootstrapped)(
  "every action of the roles of %s matches an operation in Microsoft's list",
  (environment) => {
    const permissions = all(bootstrap[environment], "Microsoft.Authorization/roleDefinitions")
      .flatMap((definition) => list(definition, "properties.permissions"))
      .map((one) => one as Permissions);
    const named = permissions.flatMap(({ actions, notActions, dataActions, notDataActions }) => [
      ...actions,
      ...notActions,
      ...dataActions,
      ...notDataActions,
    ]);
    expect(named.length).toBeGreaterThan(40);
    const isListed = (action: string) =>
      operations.some((operation) => allows({ ...none, actions: [action] }, operation));
    expect(named.filter((action) => !isListed(action))).toEqual([]);
  },
);

it("every operation of an activity log alert is in Microsoft's list", () => {
  const rules = [main.prod, bootstrap.prod].flatMap((snapshot) =>
    all(snapshot, "Microsoft.Insights/activityLogAlerts"),
  );
  const named = rules.map((rule) => text(rule, "properties.condition.allOf.1.equals"));
  expect(named.filter((operation) => !operations.includes(operation))).toEqual([]);
  expect(named).toHaveLength(8);
});
