// What each role of the bootstrap allows: whole lists, and what they come to.
import { describeWithPipelines, groupOf } from "./chosen.ts";
import { all, bootstrap, bootstrapped, environments, list, main, type Resource, text } from "./snapshot.ts";

interface Permissions {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

function permissionsOf(environment: (typeof bootstrapped)[number], name: string): Permissions {
  const definitions: readonly Resource[] = all(bootstrap[environment], "Microsoft.Authorization/roleDefinitions");
  const found = definitions.filter((definition) => text(definition, "properties.roleName").startsWith(`${name} `));
  const permissions = found.flatMap((definition) => list(definition, "properties.permissions"));
  expect(permissions).toHaveLength(1);
  return permissions[0] as Permissions;
}

/** As Azure does: a star stands for any text, case does not matter, and what is taken away is not allowed. */
function allows({ actions, notActions }: Permissions, action: string): boolean {
  const matches = (pattern: string) =>
    new RegExp(`^${pattern.replace(/[.]/g, "\\.").replaceAll("*", ".*")}$`, "i").test(action);
  return actions.some(matches) && !notActions.some(matches);
}

const none = { notActions: [], dataActions: [], notDataActions: [] };
const keyReads = [
  "Microsoft.Web/sites/functions/masterkey/read",
  "Microsoft.Web/sites/functions/token/read",
  "Microsoft.Web/sites/hostruntime/host/_master/read",
  "Microsoft.Web/sites/hostruntime/functions/keys/read",
  "Microsoft.Web/sites/processes/dump/read",
  "Microsoft.Web/sites/instances/processes/read",
  "Microsoft.Web/sites/instances/extensions/processes/read",
];
const logReads = [
  "Microsoft.Insights/components/query/read",
  "Microsoft.Insights/logs/AppEvents/read",
  "Microsoft.OperationalInsights/workspaces/query/read",
  "Microsoft.OperationalInsights/workspaces/query/AppEvents/read",
  "Microsoft.OperationalInsights/workspaces/search/action",
];
const keyLists = [
  "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
  "Microsoft.Storage/storageAccounts/listKeys/action",
  "Microsoft.Web/sites/config/list/action",
  "Microsoft.Web/sites/host/listkeys/action",
];

describeWithPipelines("the role of the identity that deploys", (environment) => {
  const role = permissionsOf(environment, "Deployer");
  const types = [...new Set(main[environment].predictedResources.map(({ type }) => type))].filter(
    (type) => type !== "Microsoft.Authorization/roleAssignments",
  );

  it("is this list", () => {
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
        "Microsoft.Storage/storageAccounts/listAccountSas/action",
        "Microsoft.Storage/storageAccounts/listServiceSas/action",
        "Microsoft.Storage/storageAccounts/localUsers/*",
        "Microsoft.Web/sites/publishxml/*",
        "Microsoft.Web/sites/config/list/action",
        "Microsoft.Web/sites/functions/keys/*",
        "Microsoft.Web/sites/functions/listkeys/action",
        "Microsoft.Web/sites/functions/listsecrets/action",
        "Microsoft.Web/sites/functions/masterkey/*",
        "Microsoft.Web/sites/functions/token/*",
        "Microsoft.Web/sites/host/functionkeys/*",
        "Microsoft.Web/sites/host/systemkeys/*",
        "Microsoft.Web/sites/hostruntime/*",
        "Microsoft.Web/sites/processes/*",
        "Microsoft.Web/sites/instances/processes/*",
        "Microsoft.Web/sites/instances/extensions/*",
      ],
      dataActions: [],
      notDataActions: [],
    });
  });

  it("builds everything that the templates describe, and deploys code", () => {
    const needed = types.flatMap((type) => [`${type}/read`, `${type}/write`]);
    const azNeeds = [
      "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
      "Microsoft.Network/virtualNetworks/subnets/join/action",
      // az asks after a deployment whether the host is well, and diagnostic settings ask for the workspace's key.
      "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
      "Microsoft.Resources/deployments/write",
      "Microsoft.Web/sites/host/listkeys/action",
      "Microsoft.Web/sites/publish/action",
    ];
    expect([...needed, ...azNeeds].filter((action) => !allows(role, action))).toEqual([]);
  });

  it("touches no secret, gives itself no role and no identity, and runs nothing else as the app", () => {
    const forbidden = [
      "Microsoft.KeyVault/vaults/secrets/read",
      "Microsoft.KeyVault/vaults/secrets/write",
      "Microsoft.KeyVault/vaults/deploy/action",
      "Microsoft.KeyVault/vaults/accessPolicies/write",
      "Microsoft.Insights/components/purge/action",
      "Microsoft.OperationalInsights/workspaces/delete",
      "Microsoft.OperationalInsights/workspaces/purge/action",
      "Microsoft.KeyVault/vaults/delete",
      "Microsoft.Authorization/roleAssignments/write",
      "Microsoft.Authorization/roleDefinitions/write",
      "Microsoft.ManagedIdentity/userAssignedIdentities/write",
      "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
      "Microsoft.Resources/deploymentScripts/write",
      "Microsoft.ContainerInstance/containerGroups/write",
      "Microsoft.Compute/virtualMachines/write",
      "Microsoft.Storage/storageAccounts/listKeys/action",
      "Microsoft.Storage/storageAccounts/ListAccountSas/action",
      "Microsoft.Storage/storageAccounts/localUsers/write",
      "Microsoft.Web/sites/publishxml/Action",
      "Microsoft.Web/sites/publishxml/read",
      "Microsoft.Web/sites/config/list/Action",
      ...keyReads,
    ];
    expect(forbidden.filter((action) => allows(role, action))).toEqual([]);
  });

  it("gives roles by a role that can do nothing else", () => {
    expect(permissionsOf(environment, "Role giver")).toEqual({
      actions: ["Microsoft.Authorization/roleAssignments/write", "Microsoft.Authorization/roleAssignments/delete"],
      ...none,
    });
  });
});

describeWithPipelines("the role of the identity that previews", (environment) => {
  const role = permissionsOf(environment, "Previewer");

  it("reads every type that the templates describe, by name, and changes nothing", () => {
    const { actions, ...rest } = role;
    expect(rest).toEqual(none);
    const types = new Set(
      environments.flatMap((name) => main[name].predictedResources).map(({ type }) => `${type}/read`),
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

  it("reads no log, no key and no setting", () => {
    const forbidden = [...logReads, ...keyReads, ...keyLists, "Microsoft.KeyVault/vaults/secrets/read"];
    expect(forbidden.filter((action) => allows(role, action))).toEqual([]);
  });
});

const withGroup = (name: Parameters<typeof groupOf>[1]) =>
  bootstrapped.filter((environment) => groupOf(environment, name) !== "");

describe("the roles of people", () => {
  for (const environment of withGroup("vaultOperatorsGroupId"))
    it(`let whoever seeds secrets write them and list versions, never read a value (${environment})`, () => {
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

  for (const environment of withGroup("onCallGroupId"))
    it(`let who is on call read logs and which secrets there are, never a secret or a key (${environment})`, () => {
      const role = permissionsOf(environment, "On call");
      expect(role).toEqual({
        actions: ["*/read", "Microsoft.OperationalInsights/workspaces/search/action"],
        notActions: [
          "Microsoft.OperationalInsights/workspaces/sharedKeys/read",
          "Microsoft.Web/sites/functions/masterkey/read",
          "Microsoft.Web/sites/functions/token/read",
          "Microsoft.Web/sites/hostruntime/*",
          "Microsoft.Web/sites/processes/*",
          "Microsoft.Web/sites/instances/processes/*",
          "Microsoft.Web/sites/instances/extensions/*",
        ],
        dataActions: ["Microsoft.KeyVault/vaults/secrets/readMetadata/action"],
        notDataActions: [],
      });
      expect(logReads.filter((action) => !allows(role, action))).toEqual([]);
      // https://learn.microsoft.com/azure/azure-monitor/logs/manage-access#log-analytics-reader
      const workspaceKeys = "Microsoft.OperationalInsights/workspaces/sharedKeys/read";
      expect([...keyReads, ...keyLists, workspaceKeys].filter((action) => allows(role, action))).toEqual([]);
    });
});
