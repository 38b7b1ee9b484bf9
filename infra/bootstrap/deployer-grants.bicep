// Gives the deployer its rights in the app's resource group. The deployer has no right to read or
// write a secret. However, anyone who can deploy code can read the secrets that the code reads:
// docs/security.md.
import { roleId } from 'existing.bicep'

@description('Required. <workload>-<environment>, part of every resource name.')
param suffix string

@description('Required. Principal id of the deployer.')
param deployerPrincipalId string

@description('Required. Name of an existing role definition to use instead of the role below. If empty, the role is created.')
param existingRole string

@description('Required. Principal id of the app\'s identity. The deployer may grant roles only to this identity.')
param appPrincipalId string

// The deployer may grant only these roles, and only to the app's identity: Key Vault Secrets User,
// Storage Blob Data Owner, Monitoring Metrics Publisher and Storage Table Data Contributor. The
// deployer therefore cannot grant itself access to the vault.
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

// The built-in role Contributor would allow too much. It can delete the vault, list the storage
// account's keys, add a federated credential to the app's identity, and run a machine or script as
// the app. Azure refuses the role below if one of its actions is unknown:
// https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations
resource deployerRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (empty(existingRole)) {
  name: guid(resourceGroup().id, suffix, 'deployer role')
  properties: {
    // Role names must be unique in the tenant. The name therefore has a hash of the resource group.
    roleName: 'Deployer of ${suffix} (${uniqueString(resourceGroup().id)})'
    description: 'Can change the app\'s resources and deploy its code. Cannot read or write secrets, and cannot list keys.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: [
          // */read includes logs. The deployer must be able to read logs, because the log alerts
          // that it creates run with its rights.
          // https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-create-log-alert-rule
          '*/read'
          'Microsoft.AlertsManagement/*'
          'Microsoft.Insights/*'
          'Microsoft.KeyVault/vaults/*'
          // The deployer may assign identities, but not change them. Anyone who can add a federated
          // credential to the app's identity can sign in as the app.
          'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'
          'Microsoft.Network/*'
          'Microsoft.OperationalInsights/workspaces/*'
          'Microsoft.Resources/deployments/*'
          'Microsoft.Storage/storageAccounts/*'
          'Microsoft.Web/*'
        ]
        notActions: [
          // With this action, a template could write a secret without a right on the vault's data.
          'Microsoft.KeyVault/vaults/secrets/*'
          // With this action, a template's parameter could read a secret.
          'Microsoft.KeyVault/vaults/deploy/action'
          // An access policy could grant access to secrets in a vault without RBAC.
          'Microsoft.KeyVault/vaults/accessPolicies/*'
          // No deployment needs to delete the vault. Without the vault, codes would stop.
          'Microsoft.KeyVault/vaults/delete'
          // The deployer must not delete logs, because they show who did what.
          'Microsoft.Insights/components/delete'
          'Microsoft.Insights/components/purge/action'
          'Microsoft.OperationalInsights/workspaces/delete'
          'Microsoft.OperationalInsights/workspaces/purge/action'
          'Microsoft.OperationalInsights/workspaces/tables/delete'
          'Microsoft.OperationalInsights/workspaces/tables/deleteData/action'
          // Keys and shared access signatures give anonymous access to the host's secrets and the
          // package.
          'Microsoft.Storage/storageAccounts/listKeys/action'
          'Microsoft.Storage/storageAccounts/regenerateKey/action'
          'Microsoft.Storage/storageAccounts/rotateKey/action'
          'Microsoft.Storage/storageAccounts/listAccountSas/action'
          'Microsoft.Storage/storageAccounts/listServiceSas/action'
          'Microsoft.Storage/storageAccounts/localUsers/*'
          // A publishing password that a pipeline run has read stays valid after the run.
          'Microsoft.Web/sites/publishxml/*'
          'Microsoft.Web/sites/config/list/action'
          // The deployer may use host/listkeys, because az calls it to check that the deployed code
          // runs. The app's functions do not accept host keys.
          'Microsoft.Web/sites/functions/keys/*'
          'Microsoft.Web/sites/functions/listkeys/action'
          'Microsoft.Web/sites/functions/listsecrets/action'
          'Microsoft.Web/sites/host/functionkeys/*'
          'Microsoft.Web/sites/host/systemkeys/*'
          // Through the host's admin API, the deployer could call functions and change keys.
          'Microsoft.Web/sites/hostruntime/*'
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
    roleDefinitionId: empty(existingRole) ? deployerRole.id : roleId(existingRole)
    principalId: deployerPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// Role Based Access Control Administrator. This role can also read everything in the resource
// group. The exclusions above do not limit this role.
// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged#role-based-access-control-administrator
var roleGiver = 'f58310d9-a9f6-439a-9e8d-f62e7b41a168'

resource givesTheAppItsRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, suffix, 'give roles')
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleGiver)
    principalId: deployerPrincipalId
    principalType: 'ServicePrincipal'
    conditionVersion: '2.0'
    condition: onlyTheAppsRoles
  }
}
