// What the identity that deploys may, all of it inside the app's resource group: build and change
// the app, never touch a secret.
import { roleId } from 'existing.bicep'

@description('Required. The part of every name that says workload and environment.')
param suffix string

@description('Required. Principal id of the identity that deploys.')
param deployerPrincipalId string

@description('Required. Role definitions that were made for the two roles below; empty where they are made here.')
param existingRoles { deployer: string, roleGiver: string }

@description('Required. Principal id of the app\'s identity, the only one that the deployment gives roles to.')
param appPrincipalId string

// Key Vault Secrets User, Storage Blob Data Owner, Monitoring Metrics Publisher, Storage Table Data
// Contributor, and those to the app's identity alone: the deployer cannot give the vault to itself.
// https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-examples
var onlyTheAppsRoles = replace(
  '''
(
  (!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'}))
  OR (
    @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {4633458b-17de-408a-b874-0445c86b69e6, b7e6dc6d-f1e8-4753-8033-0f276bb0955b, 3913510d-42f4-4e42-8a64-420c390055eb, 0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3}
    AND @Request[Microsoft.Authorization/roleAssignments:PrincipalId] ForAnyOfAnyValues:GuidEquals {APP}
  )
)
AND (
  (!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'}))
  OR (
    @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {4633458b-17de-408a-b874-0445c86b69e6, b7e6dc6d-f1e8-4753-8033-0f276bb0955b, 3913510d-42f4-4e42-8a64-420c390055eb, 0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3}
    AND @Resource[Microsoft.Authorization/roleAssignments:PrincipalId] ForAnyOfAnyValues:GuidEquals {APP}
  )
)
''',
  'APP',
  appPrincipalId
)

// Contributor without whatever else could run as the app (machines, containers, scripts) and
// without the ways to a secret. Azure takes a role whole or not at all, so each name has to be one
// of its operations:
// https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations
resource deployerRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (empty(existingRoles.deployer)) {
  name: guid(resourceGroup().id, suffix, 'deployer role')
  properties: {
    // Unique in the tenant, where many subscriptions may have this workload.
    roleName: 'Deployer of ${suffix} (${uniqueString(subscription().id)})'
    description: 'Build and change the app\'s resources. Writes no secret, reads no secret, key or dump.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: [
          // Logs too: an alert on a query runs with the rights of whoever wrote it.
          // https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-create-log-alert-rule
          '*/read'
          'Microsoft.AlertsManagement/*'
          'Microsoft.Insights/*'
          'Microsoft.KeyVault/vaults/*'
          // Not write: whoever may federate the app's identity can become the app.
          'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'
          'Microsoft.Network/*'
          'Microsoft.OperationalInsights/workspaces/*'
          'Microsoft.Resources/deployments/*'
          'Microsoft.Storage/storageAccounts/*'
          'Microsoft.Web/*'
        ]
        notActions: [
          // A template can write a secret's value without any right to the vault's data.
          'Microsoft.KeyVault/vaults/secrets/*'
          // A template's parameter can read a secret.
          'Microsoft.KeyVault/vaults/deploy/action'
          // An access policy gives away secrets where roles do not decide.
          'Microsoft.KeyVault/vaults/accessPolicies/*'
          // No deployment needs it, and every code would stop.
          'Microsoft.KeyVault/vaults/delete'
          // Who did what stands in the logs: whoever deploys does not take it away.
          'Microsoft.Insights/components/delete'
          'Microsoft.Insights/components/purge/action'
          'Microsoft.OperationalInsights/workspaces/delete'
          'Microsoft.OperationalInsights/workspaces/purge/action'
          'Microsoft.OperationalInsights/workspaces/tables/delete'
          'Microsoft.OperationalInsights/workspaces/tables/deleteData/action'
          // Keys and shared access signatures open the host's own secrets and the package, without
          // a trace of who.
          'Microsoft.Storage/storageAccounts/listKeys/action'
          'Microsoft.Storage/storageAccounts/regenerateKey/action'
          'Microsoft.Storage/storageAccounts/listAccountSas/action'
          'Microsoft.Storage/storageAccounts/listServiceSas/action'
          'Microsoft.Storage/storageAccounts/localUsers/*'
          // Publishing passwords outlive the run that read them.
          'Microsoft.Web/sites/publishxml/*'
          'Microsoft.Web/sites/config/list/action'
          // Function keys and the host's master key open its administration. One way stays,
          // host/listkeys: az asks by it whether the code that it deployed runs. No function of
          // ours takes such a key.
          'Microsoft.Web/sites/functions/keys/*'
          'Microsoft.Web/sites/functions/listkeys/action'
          'Microsoft.Web/sites/functions/listsecrets/action'
          'Microsoft.Web/sites/functions/masterkey/*'
          'Microsoft.Web/sites/functions/token/*'
          'Microsoft.Web/sites/host/functionkeys/*'
          'Microsoft.Web/sites/host/systemkeys/*'
          'Microsoft.Web/sites/hostruntime/*'
          // A dump of the process holds secrets, codes and numbers.
          'Microsoft.Web/sites/processes/*'
          'Microsoft.Web/sites/instances/processes/*'
          'Microsoft.Web/sites/instances/extensions/*'
        ]
        dataActions: []
        notDataActions: []
      }
    ]
  }
}

resource deploys 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, suffix, 'deploy')
  properties: {
    roleDefinitionId: empty(existingRoles.deployer) ? deployerRole.id : roleId(existingRoles.deployer)
    principalId: deployerPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// A role of its own: the built-in one for this reads everything, and so would give back what is
// taken away above.
resource roleGiverRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (empty(existingRoles.roleGiver)) {
  name: guid(resourceGroup().id, suffix, 'role giver role')
  properties: {
    roleName: 'Role giver of ${suffix} (${uniqueString(subscription().id)})'
    description: 'Give and take roles, as far as the condition of its assignment allows.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: [
          'Microsoft.Authorization/roleAssignments/write'
          'Microsoft.Authorization/roleAssignments/delete'
        ]
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
  }
}

resource givesTheAppItsRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, suffix, 'give roles')
  properties: {
    roleDefinitionId: empty(existingRoles.roleGiver) ? roleGiverRole.id : roleId(existingRoles.roleGiver)
    principalId: deployerPrincipalId
    principalType: 'ServicePrincipal'
    conditionVersion: '2.0'
    condition: onlyTheAppsRoles
  }
}
