/**
 * Operations in Microsoft's list of 2026-11-28 that our roles name or match with a star. Azure
 * refuses a whole role if one of its actions is misspelled.
 * https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations
 */
const byProvider: Readonly<Record<string, string>> = {
  AlertsManagement: `smartDetectorAlertRules/read smartDetectorAlertRules/write`,
  Authorization: `roleAssignments/delete roleAssignments/read roleAssignments/write roleDefinitions/read`,
  Insights: `actionGroups/read actionGroups/write activityLogAlerts/read components/delete components/purge/action
    components/read diagnosticSettings/delete diagnosticSettings/read diagnosticSettings/write metricAlerts/read
    scheduledQueryRules/read webtests/read workbooks/read`,
  KeyVault: `vaults/accessPolicies/write vaults/delete vaults/deploy/action vaults/read vaults/secrets/read
    vaults/secrets/readMetadata/action vaults/secrets/setSecret/action vaults/secrets/update/action vaults/secrets/write
    vaults/write`,
  ManagedIdentity: `userAssignedIdentities/assign/action userAssignedIdentities/federatedIdentityCredentials/write
    userAssignedIdentities/read`,
  Network: `privateEndpoints/read privateEndpoints/write virtualNetworks/read`,
  OperationalInsights: `workspaces/delete workspaces/purge/action workspaces/read workspaces/search/action
    workspaces/sharedKeys/read workspaces/tables/delete workspaces/tables/deleteData/action workspaces/write`,
  Resources: `deployments/read deployments/validate/action deployments/whatIf/action deployments/write
    subscriptions/resourceGroups/read`,
  Storage: `storageAccounts/blobServices/containers/read storageAccounts/blobServices/read
    storageAccounts/listAccountSas/action storageAccounts/listKeys/action storageAccounts/listServiceSas/action
    storageAccounts/localUsers/write storageAccounts/read storageAccounts/regenerateKey/action storageAccounts/rotateKey/action
    storageAccounts/tableServices/read storageAccounts/tableServices/tables/read storageAccounts/write`,
  Web: `serverfarms/read sites/basicPublishingCredentialsPolicies/read sites/config/list/action sites/functions/keys/write
    sites/functions/listkeys/action sites/functions/listsecrets/action sites/functions/masterkey/read
    sites/functions/token/read sites/host/functionkeys/write sites/host/systemkeys/write sites/hostruntime/host/read
    sites/instances/extensions/read sites/instances/processes/read sites/processes/read sites/publishxml/read sites/read
    sites/write`,
};

export const operations: readonly string[] = Object.entries(byProvider).flatMap(
  ([provider, names]) => names.split(/\s+/).map((name) => `Microsoft.${provider}/${name}`),
);
