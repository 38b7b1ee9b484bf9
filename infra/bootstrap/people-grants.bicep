// What people may, by their groups, all of it inside the app's resource group.
import { roleId } from 'existing.bicep'

@description('Required. The part of every name that says workload and environment.')
param suffix string

@description('Required. Role definitions that were made for the two roles below; empty where they are made here.')
param existingRoles { secretsWriter: string, onCall: string }

@description('Required. Group that seeds and rotates secrets; empty for none.')
param vaultOperatorsGroupId string

@description('Required. Group that is on call; empty for none.')
param onCallGroupId string

// Key Vault Secrets Officer without get, delete and purge: who replaces a secret need not know the
// one before.
resource secretsWriterRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (!empty(vaultOperatorsGroupId) && empty(existingRoles.secretsWriter)) {
  name: guid(resourceGroup().id, suffix, 'secrets writer role')
  properties: {
    roleName: 'Secrets writer of ${suffix} (${uniqueString(subscription().id)})'
    description: 'Write new versions of secrets, retire old ones, and list versions. Reads no value.'
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

// Monitoring Reader without the reads that give out keys, and with the names, dates and states of
// secrets: the runbooks ask for them.
resource onCallRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (!empty(onCallGroupId) && empty(existingRoles.onCall)) {
  name: guid(resourceGroup().id, suffix, 'on-call role')
  properties: {
    roleName: 'On call for ${suffix} (${uniqueString(subscription().id)})'
    description: 'Read resources, logs, metrics and which secrets there are. Changes nothing, reads no secret and no key.'
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
