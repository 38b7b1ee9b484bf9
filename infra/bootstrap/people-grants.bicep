// Rights of people, through their Entra groups, in the app's resource group.
import { roleId } from 'existing.bicep'

@description('Required. <workload>-<environment>, part of every resource name.')
param suffix string

@description('Required. Names of existing role definitions for the two roles below. Empty: they are created here.')
param existingRoles { secretsWriter: string, onCall: string }

@description('Required. Object id of the group that seeds and rotates secrets. Empty: none.')
param vaultOperatorsGroupId string

@description('Required. Object id of the group on call. Empty: none.')
param onCallGroupId string

// Key Vault Secrets Officer without get, delete and purge: rotating a secret does not require
// reading it.
resource secretsWriterRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (!empty(vaultOperatorsGroupId) && empty(existingRoles.secretsWriter)) {
  name: guid(resourceGroup().id, suffix, 'secrets writer role')
  properties: {
    roleName: 'Secrets writer of ${suffix} (${uniqueString(subscription().id)})'
    description: 'Write new versions of secrets, disable old ones and list versions. Cannot read a value.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: [
          'Microsoft.KeyVault/vaults/read'
          'Microsoft.Resources/deployments/read'
          'Microsoft.Resources/subscriptions/resourceGroups/read'
        ]
        notActions: []
        dataActions: [
          'Microsoft.KeyVault/vaults/secrets/setSecret/action'
          'Microsoft.KeyVault/vaults/secrets/update/action'
          'Microsoft.KeyVault/vaults/secrets/readMetadata/action'
        ]
        notDataActions: []
      }
    ]
  }
}

resource writesSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(vaultOperatorsGroupId)) {
  name: guid(resourceGroup().id, vaultOperatorsGroupId, 'write secrets')
  properties: {
    roleDefinitionId: empty(existingRoles.secretsWriter) ? secretsWriterRole.id : roleId(existingRoles.secretsWriter)
    principalId: vaultOperatorsGroupId
    principalType: 'Group'
  }
}

// Monitoring Reader without the reads that return keys. In addition, it reads the names, dates and
// states of secrets, which the runbooks need.
resource onCallRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (!empty(onCallGroupId) && empty(existingRoles.onCall)) {
  name: guid(resourceGroup().id, suffix, 'on-call role')
  properties: {
    roleName: 'On call for ${suffix} (${uniqueString(subscription().id)})'
    description: 'Read resources, logs, metrics and the list of secrets. Cannot change anything or read a secret or key.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: [
          '*/read'
          'Microsoft.OperationalInsights/workspaces/search/action'
        ]
        notActions: [
          'Microsoft.OperationalInsights/workspaces/sharedKeys/read'
          'Microsoft.Web/sites/functions/masterkey/read'
          'Microsoft.Web/sites/functions/token/read'
          'Microsoft.Web/sites/hostruntime/*'
          'Microsoft.Web/sites/processes/*'
          'Microsoft.Web/sites/instances/processes/*'
          'Microsoft.Web/sites/instances/extensions/*'
        ]
        dataActions: ['Microsoft.KeyVault/vaults/secrets/readMetadata/action']
        notDataActions: []
      }
    ]
  }
}

resource isOnCall 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(onCallGroupId)) {
  name: guid(resourceGroup().id, onCallGroupId, 'on call')
  properties: {
    roleDefinitionId: empty(existingRoles.onCall) ? onCallRole.id : roleId(existingRoles.onCall)
    principalId: onCallGroupId
    principalType: 'Group'
  }
}
