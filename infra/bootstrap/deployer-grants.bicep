// Gives the deployer its rights in the app's resource group. It can change the app, but never read
// or write a secret.
import { roleId } from 'existing.bicep'

@description('Required. <workload>-<environment>, part of every resource name.')
param suffix string

@description('Required. Principal id of the deployer.')
param deployerPrincipalId string

@description('Required. Names of existing role definitions to use instead of the two roles below. A role without a name is created.')
param existingRoles { deployer: string, roleGiver: string }

@description('Required. Principal id of the app\'s identity. The deployer may grant roles only to this identity.')
param appPrincipalId string

// The deployer may grant only these roles, and only to the app's identity: Key Vault Secrets User,
// Storage Blob Data Owner, Monitoring Metrics Publisher and Storage Table Data Contributor. So it
// cannot grant itself access to the vault.
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

// This role is Contributor without access to secrets, and without resources that could run as the
// app, such as machines, containers and scripts. Azure refuses the whole role if it does not know
// one of the actions:
// https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations
resource deployerRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (empty(existingRoles.deployer)) {
  name: guid(resourceGroup().id, suffix, 'deployer role')
  properties: {
    // Role names must be unique in the tenant, and several subscriptions may have this workload.
    roleName: 'Deployer of ${suffix} (${uniqueString(subscription().id)})'
    description: 'Can change the app\'s resources. Cannot read or write secrets, and cannot read keys or memory dumps.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: [
          // */read includes logs. The deployer creates log alerts, and they run with its rights.
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
          // With this action, a template could write a secret without any right on the vault's
          // data.
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
          'Microsoft.Storage/storageAccounts/listAccountSas/action'
          'Microsoft.Storage/storageAccounts/listServiceSas/action'
          'Microsoft.Storage/storageAccounts/localUsers/*'
          // A publishing password stays valid after the run that read it.
          'Microsoft.Web/sites/publishxml/*'
          'Microsoft.Web/sites/config/list/action'
          // Function keys and the master key give access to the host's administration.
          // host/listkeys stays allowed, because az uses it to check that the deployed code runs.
          // No function of the app accepts such a key.
          'Microsoft.Web/sites/functions/keys/*'
          'Microsoft.Web/sites/functions/listkeys/action'
          'Microsoft.Web/sites/functions/listsecrets/action'
          'Microsoft.Web/sites/functions/masterkey/*'
          'Microsoft.Web/sites/functions/token/*'
          'Microsoft.Web/sites/host/functionkeys/*'
          'Microsoft.Web/sites/host/systemkeys/*'
          'Microsoft.Web/sites/hostruntime/*'
          // A dump of the process holds secrets, codes and phone numbers.
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

// Azure's built-in role for granting roles can also read everything, including what is excluded
// above.
resource roleGiverRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (empty(existingRoles.roleGiver)) {
  name: guid(resourceGroup().id, suffix, 'role giver role')
  properties: {
    roleName: 'Role giver of ${suffix} (${uniqueString(subscription().id)})'
    description: 'Can grant and remove roles, limited by the condition of its assignment.'
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
